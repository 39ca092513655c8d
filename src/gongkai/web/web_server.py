"""`python -I -m gongkai.web.web_server HOST PORT PROCESSES`: the pages, by granian with the door in front of Django (ADR 0106).

Granian's own command puts the current directory first on the path of every worker (ADR 0118); here the application is
loaded from where gongkai is installed, and from nowhere else.
"""

import os
import sys
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

PATIENCE_SECONDS = 15


def main(host: str, port: str, processes: str) -> None:
    """Serve until asked to stop."""
    Granian(
        "gongkai.web.door.application:application", host, int(port), interface=Interfaces.RSGI, workers=int(processes), websockets=False,
        http=HTTPModes.http1, http1_settings=HTTP1Settings(header_read_timeout=headers_within(os.environ)), log_level=LogLevels.warning,
        respawn_failed_workers=True, workers_kill_timeout=PATIENCE_SECONDS,
    ).serve(target_loader=load)  # fmt: skip


def headers_within(environment: Any) -> int:
    """Milliseconds that the headers of a request may take: as long as its body may be silent, at most a minute."""
    return min(60, max(1, int(environment.get("GONGKAI_SILENCE_SECONDS", "10")))) * 1000


def load(target: str) -> Any:
    """The application, in each worker."""
    from gongkai.web.door.application import application

    return application


if __name__ == "__main__":
    main(*sys.argv[1:])
