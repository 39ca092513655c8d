"""`gongkai serve`: the whole platform on one machine with nothing else installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cli.data_folder import data_folder
from gongkai.cli.private import private_files

if TYPE_CHECKING:
    from gongkai.web.supervise import Child

START_SECONDS = 300
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.command()
@click.option("--demo", is_flag=True, help="先装入一个虚构的城市，供试用。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="监听端口。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="数据目录；也可用环境变量GONGKAI_DATA。"
)
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="网页进程数。")
@click.option("--open", "browse", is_flag=True, help="启动后在浏览器中打开首页。")
def serve_command(demo: bool, port: int, host: str, data: Path | None, processes: int, browse: bool) -> None:
    """启动整个平台：网页、后台任务、检索索引，并在空闲时预先生成信息页面。

    首次运行时建立数据目录、密钥和数据库，以后自动升级。按Ctrl+C停止。

    \b
    退出码：
      0  已正常停止
      1  不能启动，或服务一再退出
      2  用法不对，或端口、数据目录被占用
    """
    from gongkai.web.in_use import InUse, alone_in

    folder = data_folder(data)
    with private_files():  # everything in the data folder is for this user's eyes only
        _demand_free(host, port)
        try:
            with alone_in(folder):
                environment = _environment(demo, folder, host)
                _manage(environment, "prepare")
                if demo:
                    _manage(environment, "load_demo")
                sys.exit(_serve(environment, host, port, processes, browse))
        except InUse as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"数据目录{folder}不能使用（{error.strerror}）。请用--data另选一个。") from error


def _environment(demo: bool, folder: Path, host: str) -> dict[str, str]:
    """This process's environment with what the options say, and a clean folder for the counts."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    environment["GONGKAI_DATA"] = str(folder)
    if demo:
        environment["GONGKAI_DEMO"] = "on"
    environment |= _transport(environment, host)
    counts = folder / "run" / "metrics"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir(parents=True)
    environment["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    return environment


def _transport(environment: dict[str, str], host: str) -> dict[str, str]:
    """GONGKAI_HTTPS where nobody set it (ADR 0091): plain http when only this machine's browser can get in; https else."""
    names = {one.strip() for one in environment.get("GONGKAI_HOSTS", "").split(",")} - {""}
    relaxed = "GONGKAI_DEMO" in environment or "GONGKAI_DEBUG" in environment
    if "GONGKAI_HTTPS" in environment or relaxed:
        return {}
    if host in LOOPBACK and names <= LOOPBACK | {"[::1]"} and environment.get("GONGKAI_PROXIES", "0") in {"", "0"}:
        _say("只供本机使用，未加密（http）。供他人访问的，请由反向代理提供https，并设置GONGKAI_HOSTS和GONGKAI_PROXIES。")
        return {"GONGKAI_HTTPS": "off"}
    if environment.get("GONGKAI_PROXIES", "0") in {"", "0"}:
        _say("网页须经https访问，而没有设置GONGKAI_PROXIES：浏览器会一再跳转。请设为前面反向代理的层数（通常是1）。")
    return {}


def _demand_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.UsageError(
                f"{host}的端口{port}不能使用（{error.strerror}）。请用--port另选一个。"
            ) from error


def _manage(environment: dict[str, str], command: str) -> None:
    done = subprocess.run([sys.executable, "-m", "gongkai.web", command], env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"准备工作没有完成（{command}），服务没有启动。请查看上面的原因。")


def _serve(environment: dict[str, str], host: str, port: int, processes: int, browse: bool) -> int:
    from gongkai.web.supervise import Supervisor

    supervisor = Supervisor(_children(environment, host, port, processes), environment, _say)
    supervisor.start()
    threading.Thread(target=_announce, args=(supervisor, host, port, browse), daemon=True).start()
    code: int = supervisor.run()
    _say("已停止。")
    return code


def _children(environment: dict[str, str], host: str, port: int, processes: int) -> list[Child]:
    from gongkai.web.supervise import Child

    # granian with the door in front of Django: ADR 0106.
    web = [sys.executable, "-m", "granian", "gongkai.web.door.application:application", "--interface", "rsgi", "--http", "1", "--no-ws"]
    web += ["--host", host, "--port", str(port), "--workers", str(processes), "--http1-header-read-timeout", _silence(environment)]
    web += [
        "--no-access-log",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "15",
    ]
    worker = [sys.executable, "-m", "gongkai.web", "work"]
    index = [sys.executable, "-m", "gongkai.web", "follow_search"]
    children = [Child("网页服务", web), Child("后台任务", worker), Child("检索索引", index)]
    if "0" not in {environment.get("GONGKAI_KEPT_PAGES_MB"), environment.get("GONGKAI_PAGES_AHEAD")}:
        children.append(Child("网页预生成", [sys.executable, "-m", "gongkai.web", "follow_pages"]))
    return children


def _silence(environment: dict[str, str]) -> str:
    """Milliseconds that the headers of a request may take: as long as its body may be silent, at most a minute."""
    return str(min(60, max(1, int(environment.get("GONGKAI_SILENCE_SECONDS", "10")))) * 1000)


def _bind(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _announce(supervisor: object, host: str, port: int, browse: bool) -> None:
    """Say where the platform is once it answers, and show it where there is a screen."""
    seen = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    address = f"http://{_bind(seen, port)}"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and not getattr(supervisor, "stopping", False):
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=2):  # noqa: S310 - our own address
                _say(f"已启动：{address}/（按Ctrl+C停止）")
            if browse and _has_screen():
                webbrowser.open(f"{address}/")
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)


def _has_screen() -> bool:
    """Whether a browser would open in a window: without one, `webbrowser` may start a text browser in this terminal."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _say(message: str) -> None:
    click.echo(message, err=True)
