"""`python -I -m gongkai.web.web_server HOST PORT PROCESSES`: the pages, by granian (ADR 0053).

Granian's own command puts the current directory first on the path of every worker (ADR 0118); here the application is
loaded from where gongkai is installed, and from nowhere else.
"""

import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

THREADS = 4
PATIENCE_SECONDS = 15


def main(host: str, port: str, processes: str) -> None:
    """Serve until asked to stop."""
    Granian(
        "gongkai.web.wsgi:application", host, int(port), interface=Interfaces.WSGI, workers=int(processes), blocking_threads=THREADS,
        log_level=LogLevels.warning, respawn_failed_workers=True, workers_kill_timeout=PATIENCE_SECONDS,
    ).serve(target_loader=load)  # fmt: skip


def load(target: str) -> Any:
    """The application, in each worker."""
    from gongkai.web.wsgi import application

    return application


if __name__ == "__main__":
    main(*sys.argv[1:])
