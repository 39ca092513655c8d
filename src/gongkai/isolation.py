"""Every process that gongkai starts begins here, isolated: nothing that lies in the current directory is ever imported.

Whoever opens a downloaded folder runs `gongkai read .` in it. Python puts the current directory first on the path of a
`-c` or `-m` it starts, and that is how workers begin: a file named like a module would run. With `-I` neither that
directory, nor the environment's path, nor the user's own packages are searched (ADR 0118).
"""

from __future__ import annotations

import multiprocessing
import site
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker, util
from multiprocessing.context import BaseContext, SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

METHODS = tuple(one for one in ("forkserver", "spawn") if one in multiprocessing.get_all_start_methods())
"""The ways of starting a worker; never a fork of the caller, which would copy locks that its threads hold."""

_HOME = str(Path(__file__).parents[1])
_FLAGS = "_args_from_interpreter_flags"
_one_at_a_time = threading.RLock()


def python(*arguments: str) -> list[str]:
    """The command line of an isolated Python with `arguments` (`"-m", "gongkai.web", …`)."""
    # Installed for one user alone, gongkai would not be found by -I; the rest of it holds all the same.
    flags = ["-E", "-P"] if site.getusersitepackages() == _HOME else ["-I"]
    return [sys.executable, *flags, *arguments]


def leave_current_directory() -> None:
    """Take the current directory, which `python -m` puts first, off the path of this process."""
    here = {"", str(Path.cwd())} - {_HOME}
    sys.path[:] = [one for one in sys.path if one not in here]


def trusted_path() -> list[str]:
    """Where workers look for modules: this process's path without the current directory and without a user's packages."""
    left_out = {"", site.getusersitepackages()} - {_HOME}
    return [one for one in sys.path if one not in left_out]


def context(method: str | None = None, preload: Sequence[str] = ()) -> BaseContext:
    """A context whose processes are isolated, for pebble's and the standard library's pools.

    ``method`` is one of METHODS; none: the first. Forked workers come from a server process that imports the modules
    ``preload`` once and runs no threads; a spawned one pays for its imports each time.
    """
    method = method or METHODS[0]
    made: Any = type(multiprocessing.get_context(method))()
    made.Process = _Forked if method == "forkserver" else _Spawned
    if preload and method == "forkserver":
        made.set_forkserver_preload(list(preload))
    if sys.platform != "win32":
        with _isolated():
            resource_tracker.ensure_running()
    return made  # type: ignore[no-any-return]


@contextmanager
def _isolated() -> Iterator[None]:
    """While it lasts, whatever interpreter `multiprocessing` starts gets -I, and its children our trusted path.

    The standard library has no setting for either; both are put back before anything else can notice.
    """
    with _one_at_a_time:
        flags, path = getattr(util, _FLAGS), sys.path
        setattr(util, _FLAGS, lambda: list(dict.fromkeys(["-I", *flags()])))
        sys.path = trusted_path()
        try:
            yield
        finally:
            setattr(util, _FLAGS, flags)
            sys.path = path


class _Spawned(SpawnProcess):
    """A worker in an interpreter of its own."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802 - the standard library's name
        with _isolated():
            return SpawnProcess._Popen(process_obj)


if "forkserver" in METHODS:
    from multiprocessing.context import ForkServerProcess

    class _Forked(ForkServerProcess):
        """A worker forked from the server process; the first one starts it."""

        @staticmethod
        def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802
            with _isolated():
                return ForkServerProcess._Popen(process_obj)
