"""`gongkai serve`: from an empty folder to an answering platform, and down again without leaving anything behind."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from gongkai.cli.addresses import addresses
from gongkai.cli.serve import _children, _transport
from gongkai.web.in_use import alone_in
from tests.trap import Trap
from tests.web.support.postgres import new_database

COMMAND = "from gongkai.cli.serve import serve_command; serve_command()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(autouse=True)
def address(request):
    """A database of one's own for each test, on PostgreSQL."""
    name = re.sub(r"\W", "_", request.node.name)
    os.environ["TEST_SERVE_ADDRESS"] = new_database(f"serve_{name}"[:60])
    yield os.environ["TEST_SERVE_ADDRESS"]
    del os.environ["TEST_SERVE_ADDRESS"]


def clean_environment():
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI_", "DJANGO_"))}
    return {**plain, "GONGKAI_DATABASE_URL": os.environ["TEST_SERVE_ADDRESS"]}


@contextmanager
def serving(folder, *options, settings=None):
    port = free_port()
    # Started where somebody's files lie, code among them (tests/test_isolation.py).
    trap = Trap(folder.parent / "downloaded")
    line = [
        str(Path(sys.executable).parent / "gongkai"),
        "serve",
        "--data",
        str(folder),
        "--port",
        str(port),
        "--processes",
        "1",
        *options,
    ]
    with (folder.parent / "out.txt").open("wb") as out:
        process = subprocess.Popen(
            line, cwd=trap.folder, env={**clean_environment(), **(settings or {})}, stdout=out, stderr=out, start_new_session=True
        )
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
    assert trap.ran == []


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it took too long")
        time.sleep(0.1)


def fetched(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def get(port, path):
    return fetched(f"http://127.0.0.1:{port}{path}")


def kept_pages(folder):
    """How many document pages were made."""
    file = folder / "run" / "pages.sqlite3"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as link:
        try:
            return link.execute("SELECT COUNT(*) FROM page").fetchone()[0]
        except sqlite3.Error:
            return 0  # it is being made


@pytest.mark.parametrize(("name", "value", "there"), [("GONGKAI_PAGES_AHEAD", "0", False), ("GONGKAI_KEPT_PAGES_MB", "0", False), ("GONGKAI_PAGES_AHEAD", "10", True)])
def test_pages_are_made_ahead_unless_switched_off(name, value, there):
    commands = [child.command for child in _children({name: value}, "127.0.0.1", 8000, 2)]
    assert any("follow_pages" in command for command in commands) == there
    assert len(commands) == 3 + there


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
        told = dict(re.findall(r"(\S+)：(http://\S+)", (tmp_path / "out.txt").read_text("utf-8")))
        assert set(told) == {"公众首页", "工作人员登录"}
        assert "望津市" in fetched(told["公众首页"])
        assert 'name="password"' in fetched(told["工作人员登录"])
        assert "望津市人民政府" in get(port, "/organs/")
        assert "gongkai_requests_total" in get(port, "/metrics")
        wait_for(lambda: kept_pages(folder) > 20, 180)  # nobody has looked at a document yet
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
    if not os.environ["TEST_SERVE_ADDRESS"]:
        assert (folder / "gongkai.sqlite3").stat().st_mode & 0o077 == 0
    secret = (folder / "keys" / "secret").read_bytes()
    with serving(folder, "--demo") as (_, port):
        assert "望津市人民政府" in get(port, "/organs/")
    assert (folder / "keys" / "secret").read_bytes() == secret


@pytest.mark.slow
def test_killed_outright_it_leaves_no_child_behind(tmp_path):
    with serving(tmp_path / "data") as (process, _):
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait(10)
        _, alive = psutil.wait_procs(family, timeout=30)
        assert not alive


@pytest.mark.slow
def test_a_fallen_worker_is_started_again(tmp_path):
    with serving(tmp_path / "data") as (process, port):
        worker = workers(process)[0]
        psutil.Process(worker).kill()

        def replaced():
            return [pid for pid in workers(process) if pid != worker]

        wait_for(replaced)
        assert json.loads(get(port, "/health/live"))["status"] == "ok"


@pytest.mark.slow
def test_a_first_start_leads_to_the_first_administrator(tmp_path):
    """Without any setting: the address that is told opens in this machine's browser, and the command that is told works."""
    with serving(tmp_path / "data") as (process, port):
        told = (tmp_path / "out.txt").read_text("utf-8")
        assert "只供本机使用" in told
        assert "<html" in get(port, "/")
        assert "csrfmiddlewaretoken" in get(port, "/account/login")
        (line,) = [one for one in told.splitlines() if "establish" in one]
        data, *command = shlex.split(line)
        assert data == f"GONGKAI_DATA={tmp_path / 'data'}"
        done = subprocess.run(
            command, env={**clean_environment(), "GONGKAI_DATA": str(tmp_path / "data")}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "临时密码" in done.stdout, done.stderr
        assert "某市" in get(port, "/organs/")
        # Ctrl+C reaches every process of the group, and the supervisor asks them besides: twice is no reason to hang.
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(40) == 0
        assert "refused" not in (tmp_path / "out.txt").read_text("utf-8")
    with serving(tmp_path / "data"):
        assert "establish" not in (tmp_path / "out.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("host", "set_", "https"),
    [
        ("127.0.0.1", {}, "off"),
        ("localhost", {"GONGKAI_HOSTS": "localhost, 127.0.0.1"}, "off"),
        ("127.0.0.1", {"GONGKAI_HTTPS": "on"}, None),
        ("127.0.0.1", {"GONGKAI_PROXIES": "1"}, None),
        ("127.0.0.1", {"GONGKAI_HOSTS": "gk.example.cn"}, None),
        ("0.0.0.0", {}, None),
    ],
)
def test_plain_http_is_for_this_machine_alone(host, set_, https):
    assert _transport(set_, host).get("GONGKAI_HTTPS") == https


@pytest.mark.parametrize(
    ("host", "names", "https", "expected"),
    [
        ("127.0.0.1", "localhost,127.0.0.1,[::1]", False, ("http://127.0.0.1:8000", "127.0.0.1", "http://127.0.0.1:8000")),
        ("::1", "localhost,127.0.0.1,[::1]", False, ("http://[::1]:8000", "[::1]", "http://[::1]:8000")),
        ("0.0.0.0", "gk.example.cn", False, ("http://127.0.0.1:8000", "gk.example.cn", "http://gk.example.cn:8000")),
        ("127.0.0.1", ".example.cn,localhost", True, ("http://127.0.0.1:8000", "example.cn", "https://example.cn")),
        ("127.0.0.1", "localhost,127.0.0.1", True, ("http://127.0.0.1:8000", "127.0.0.1", "")),
        ("0.0.0.0", "*", False, ("http://127.0.0.1:8000", "127.0.0.1", "http://127.0.0.1:8000")),
    ],
)
def test_the_addresses_told_are_those_that_are_answered(host, names, https, expected):
    found = addresses(host, 8000, names.split(","), https)
    assert (found.own, found.name, found.public) == expected


def test_a_platform_under_its_own_name_says_that_it_runs(monkeypatch, capsys):
    """It answers to no other name, so it is asked by this one; behind a proxy that speaks https too."""
    from gongkai.cli import serve

    asked = []
    monkeypatch.setattr(serve.urllib.request, "urlopen", lambda probe, **k: asked.append(probe) or contextmanager(lambda: iter([0]))())
    serve._announce(object(), serve._where({"GONGKAI_HOSTS": "gk.example.cn", "GONGKAI_PROXIES": "1"}, "127.0.0.1", 8000), False)
    assert (asked[0].full_url, asked[0].get_header("Host")) == ("http://127.0.0.1:8000/health/live", "gk.example.cn")
    assert "工作人员登录：https://gk.example.cn/account/login" in capsys.readouterr().err


def test_a_data_folder_in_use_is_named(tmp_path):
    line = [sys.executable, "-c", COMMAND, "--data", str(tmp_path), "--port", str(free_port())]
    with alone_in(tmp_path):
        done = subprocess.run(line, env=clean_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"正由另一个gongkai serve使用（进程{os.getpid()}）" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "code", "words"),
    [
        ("GONGKAI_HTTPS", "maybe", 2, "环境变量GONGKAI_HTTPS只能是on或off"),
        ("GONGKAI_DATABASE_URL", "mysql://a:secret@b/c", 2, "应形如postgresql://"),
        ("GONGKAI_DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/c", 1, "确认数据库服务已启动"),
    ],
)
def test_a_wrong_setting_is_told_in_words(tmp_path, name, value, code, words):
    line = [sys.executable, "-c", COMMAND, "--data", str(tmp_path), "--port", str(free_port())]
    done = subprocess.run(
        line, env={**clean_environment(), name: value}, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


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
    here = addresses("127.0.0.1", 8000, ["127.0.0.1"], https=False)
    serve._announce(object(), here, True)
    assert opened == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    serve._announce(object(), here, False)
    assert opened == []
    serve._announce(object(), here, True)
    assert opened == ["http://127.0.0.1:8000/"]


def test_asked_to_stop_while_it_loads_a_worker_stops():
    """granian's own handlers come after the application is loaded; until then its parent's stand in their place."""
    code = (
        "import signal\n"
        "from granian.server.common import AbstractServer\n"
        "class Parent(AbstractServer):\n    def __init__(self): pass\n"
        "from granian._signals import set_main_signals\n"
        "set_main_signals(Parent().signal_handler_interrupt)\n"
        "import gongkai.web.wsgi\n"
        "print(all(signal.getsignal(one) is signal.SIG_DFL for one in (signal.SIGTERM, signal.SIGINT)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr
