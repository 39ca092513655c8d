"""`gongkai serve`: from an empty folder to an answering platform, and down again without leaving anything behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import psutil
import pytest

COMMAND = "from gongkai.cli.serve import serve_command; serve_command()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment():
    return {key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI_", "DJANGO_"))}


@contextmanager
def serving(folder, *options):
    port = free_port()
    line = [
        sys.executable,
        "-c",
        COMMAND,
        "--data",
        str(folder),
        "--port",
        str(port),
        "--processes",
        "1",
        *options,
    ]
    with (folder.parent / "out.txt").open("wb") as out:
        process = subprocess.Popen(line, env=clean_environment(), stdout=out, stderr=out)
        try:
            wait_for(
                lambda: (
                    "已启动" in (folder.parent / "out.txt").read_text("utf-8") or process.poll() is not None
                ),
                240,  # the whole demonstration city is loaded first
            )
            yield process, port
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(40)


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it took too long")
        time.sleep(0.1)


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def workers(process):
    """Process ids of the running background workers."""
    found = []
    for child in psutil.Process(process.pid).children():
        try:
            if "work" in child.cmdline():
                found.append(child.pid)
        except psutil.Error:
            continue  # it ended while we looked
    return found


@pytest.mark.slow
def test_up_and_down_and_up_again(tmp_path):
    folder = tmp_path / "data"
    with serving(folder, "--demo") as (process, port):
        assert json.loads(get(port, "/health/ready"))["status"] == "ok"
        assert "望津市人民政府" in get(port, "/organs/")
        assert "gongkai_requests_total" in get(port, "/metrics")
        family = psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
    said = (tmp_path / "out.txt").read_text("utf-8")
    assert "已停止" in said
    assert '"INFO"' not in said  # the terminal of a demonstration tells who may sign in and where, nothing else
    psutil.wait_procs(family, timeout=5)
    assert not [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert (folder / "keys" / "secret").stat().st_mode & 0o077 == 0
    assert (folder / "gongkai.sqlite3").stat().st_mode & 0o077 == 0
    secret = (folder / "keys" / "secret").read_bytes()
    with serving(folder, "--demo") as (_, port):
        assert "望津市人民政府" in get(port, "/organs/")
    assert (folder / "keys" / "secret").read_bytes() == secret


@pytest.mark.slow
def test_killed_outright_it_leaves_no_child_behind(tmp_path):
    with serving(tmp_path / "data", "--demo") as (process, _):
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait(10)
        _, alive = psutil.wait_procs(family, timeout=30)
        assert not alive


@pytest.mark.slow
def test_a_fallen_worker_is_started_again(tmp_path):
    with serving(tmp_path / "data", "--demo") as (process, port):
        worker = workers(process)[0]
        psutil.Process(worker).kill()

        def replaced():
            return [pid for pid in workers(process) if pid != worker]

        wait_for(replaced)
        assert json.loads(get(port, "/health/live"))["status"] == "ok"


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        line = [sys.executable, "-c", COMMAND, "--data", str(tmp_path / "d"), "--port", port]
        done = subprocess.run(line, env=clean_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"端口{port}不能使用" in done.stderr


def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch):
    from gongkai.cli import serve

    opened = []
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    monkeypatch.setattr(serve.sys, "platform", "linux")
    monkeypatch.setattr(serve.urllib.request, "urlopen", lambda *a, **k: contextmanager(lambda: iter([0]))())
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    serve._announce(object(), "127.0.0.1", 8000, True)
    assert opened == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    serve._announce(object(), "127.0.0.1", 8000, False)
    assert opened == []
    serve._announce(object(), "0.0.0.0", 8000, True)
    assert opened == ["http://127.0.0.1:8000/"]
