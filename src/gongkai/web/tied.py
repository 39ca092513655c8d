"""`python -I -m gongkai.web.tied PARENT COMMAND...`: become COMMAND, and end when the process PARENT does.

Without it a supervisor that is killed outright leaves its children behind, holding the port. Ctrl+C, which the terminal
sends to every process of the group, is left to the supervisor: it asks its children to stop, and a worker of granian that is
asked twice at once hangs until it is killed.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Linux only; elsewhere it just becomes the command."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        # It may have died before the line above.
        if os.getppid() != parent:
            sys.exit(1)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.execv(command[0], command)  # noqa: S606 - the command of our own supervisor


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
