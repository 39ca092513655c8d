"""Files only their owner may read, for as long as a command runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def private_files() -> Iterator[None]:
    """Within it this process and its children make files for the owner alone; afterwards the umask is as it was.

    The umask belongs to the process: a caller of the command (a test, another program) must not inherit ours.
    """
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
