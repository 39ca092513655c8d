"""Runs the web server and the background worker side by side and stops them together. Knows nothing of Django."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

from gongkai.isolation import python

PATIENCE_SECONDS = 20.0
RESTARTS, RESTARTS_WITHIN_SECONDS = 5, 60.0


@dataclass(slots=True)
class Child:
    """One program to keep running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)


class Supervisor:
    """`run()` returns the exit code: 0 after SIGTERM or SIGINT, 1 when a child would not stay up."""

    def __init__(
        self, children: list[Child], environment: Mapping[str, str], say: Callable[[str], None]
    ) -> None:
        self.children, self.environment, self.say = children, dict(environment), say
        self.stopping = False

    def start(self) -> None:
        """Start every child in this process group, and take over the signals."""
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        signal.signal(signal.SIGINT, self._asked_to_stop)
        for child in self.children:
            self._start(child)

    def run(self) -> int:
        """Watch until asked to stop or a child gives up."""
        code = 0
        while not self.stopping:
            for child in self.children:
                if child.process is not None and child.process.poll() is not None and not self.stopping:
                    code = self._fallen(child)
            time.sleep(0.2)
        self.stop()
        return code

    def stop(self) -> None:
        """Ask every child, wait, then insist."""
        self.stopping = True
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        end = time.monotonic() + PATIENCE_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{child.name}没有按时停下，强制结束。")
                child.process.kill()
                child.process.wait()

    def _start(self, child: Child) -> None:
        child.started.append(time.monotonic())
        tied = python("-m", "gongkai.web.tied", str(os.getpid()), *child.command)
        child.process = subprocess.Popen(tied, env=self.environment)  # noqa: S603 - our own programs

    def _fallen(self, child: Child) -> int:
        """Restart a child that ended by itself; five times in a minute is no accident."""
        code = child.process.returncode if child.process else None
        recent = [one for one in child.started if one > time.monotonic() - RESTARTS_WITHIN_SECONDS]
        if len(recent) >= RESTARTS:
            self.say(f"{child.name}一再退出（退出码{code}），停止服务。请查看上面的日志。")
            self.stopping = True
            return 1
        self.say(f"{child.name}意外退出（退出码{code}），重新启动。")
        time.sleep(min(5.0, 0.5 * 2 ** len(recent)))
        if not self.stopping:
            self._start(child)
        return 0

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
