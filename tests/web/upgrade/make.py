"""`python -m tests.web.upgrade.make NAME.tar.gz`: an archive of the schema as it is now, for the upgrades to come.

With something in every room and an item in every hidden state, all invented; on PostgreSQL with GONGKAI_TEST_DATABASE=postgresql.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from pathlib import Path

from tests.web import conftest  # noqa: F401 - sets Django up, on a data folder of its own

PASSPHRASE = "three-long-words-here"


def main(target: Path) -> None:
    """Build, back up, pack."""
    from django.conf import settings
    from django.core.management import call_command

    from gongkai.web.backup.taking import take
    from tests.web.fuzz import scene
    from tests.web.hidden_items import hide_everything
    from tests.web.support import town as towns

    call_command("prepare")
    town = towns.build()
    scene.sign_in(scene.build(town))
    hide_everything(town)
    kept = take(settings.ENV.data, settings.ENV.database_url, Path(tempfile.mkdtemp()), PASSPHRASE)
    with kept.path.open("rb") as archive, gzip.GzipFile(target, "wb", mtime=0) as packed:
        shutil.copyfileobj(archive, packed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
