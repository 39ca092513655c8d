"""Starting, killing and ending processes; each has its process group, and a kill takes the whole group."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

START_SECONDS = 120
BACKUP = "from gongkai.cli.backup import backup_command; backup_command()"
RESTORE = "from gongkai.cli.backup import restore_command; restore_command()"
SERVE = "from gongkai.cli.serve import serve_command; serve_command()"


def run(*line: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command to its end; `more` goes into its environment."""
    return subprocess.run(
        [sys.executable, *line], capture_output=True, text=True, check=False, env={**os.environ, **more}
    )


def start(*line: str) -> subprocess.Popen[bytes]:
    """A process in a group of its own, silent."""
    return subprocess.Popen(
        [sys.executable, *line], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes]) -> bool:
    """SIGKILL to the whole group; False when its leader had ended before."""
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return alive


def killed_within(seconds: float, *line: str) -> bool:
    """Start, and kill after `seconds`; False when it had ended before."""
    process = start(*line)
    time.sleep(seconds)
    return kill(process)


class Server:
    """`gongkai serve` on one data folder: web processes, background worker and index follower in one group."""

    def __init__(self, log: Path) -> None:
        self.log, self.process, self.address = log, None, ""
        self.starts = 0

    def launch(self) -> None:
        """Begin; do not wait."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address, self.starts = f"http://127.0.0.1:{port}", self.starts + 1
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVE, "--port", str(port), "--processes", "1"],
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def wait_ready(self) -> None:
        """Until it answers that it is ready. Raises RuntimeError when it ended or takes too long."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if httpx.get(f"{self.address}/health/ready", timeout=5, trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise RuntimeError(f"the server did not come up: {self.log.read_text('utf-8')[-2000:]}")

    def kill(self) -> bool:
        """The whole group at once, as a machine that falls over takes it."""
        return kill(self.process)

    def stop(self) -> int:
        """As an operator does; the exit code."""
        self.process.terminate()
        return self.process.wait(60)
