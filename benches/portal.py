"""How fast the portal answers, beside a plain Wagtail site with pages of the same length, in the same run.

    python benches/portal.py [--items 100000] [--pages 20000] [--seconds 10] [--clients 4]

Both run in granian with the same two workers on SQLite in WAL mode. Wagtail is installed into build/bench-wagtail (for
this bench only). Documents are asked for evenly over all of them, so that most are not in the portal's memory; the
first page and the lists are the same few, as in life. Each kind is measured for SECONDS after a warm-up; the clients
run on the same cores and take their share from both. `--pages` may be fewer than `--items`: making Wagtail's pages is slow.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
PEERS = Path(__file__).parent / "portal_peers"
PORTS = {"gongkai": 8871, "wagtail": 8872}
GRANIAN = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--host", "127.0.0.1", "--no-ws")


def main() -> None:
    """Fill, serve, measure, compare."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--items", type=int, default=100_000)
    read.add_argument("--pages", type=int, default=20_000)
    read.add_argument("--seconds", type=float, default=10)
    read.add_argument("--clients", type=int, default=4)
    asked = read.parse_args()
    measured = {}
    for name, prepare, size in (("gongkai", gongkai, asked.items), ("wagtail", wagtail, asked.pages)):
        python, application, environment = prepare(size)
        measured[name] = serve_and_measure(name, python, application, environment, size, asked)
    print(f"{'':10}{'':>10}{'pages/s':>10}{'p50 ms':>10}{'p95 ms':>10}{'bytes':>10}")
    for kind in ("home", "list", "document"):
        for name in PORTS:
            rate, p50, p95, size = measured[name][kind]
            print(f"{kind:10}{name:>10}{rate:10.0f}{p50:10.2f}{p95:10.2f}{size:10d}")
        print(f"{kind:10}{'ratio':>10}{measured['gongkai'][kind][0] / measured['wagtail'][kind][0]:10.1f}")


def gongkai(size: int) -> tuple[str, str, dict[str, str]]:
    """A data folder with `size` published items."""
    data = BUILD / "bench-portal" / f"gongkai-{size}"
    environment = {
        **os.environ, "GONGKAI_DATA": str(data), "GONGKAI_HTTPS": "off", "GONGKAI_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
    }  # fmt: skip
    data.mkdir(parents=True, exist_ok=True)
    if not (data / "filled").exists():
        run(sys.executable, "-m", "gongkai.web", "prepare", environment=environment)
        run(sys.executable, str(PEERS / "fill_gongkai.py"), str(size), environment=environment)
        (data / "filled").touch()
    return sys.executable, "gongkai.web.wsgi:application", environment


def wagtail(size: int) -> tuple[str, str, dict[str, str]]:
    """A virtual environment with Wagtail, and a plain site with `size` pages."""
    home = BUILD / "bench-wagtail"
    python = home / "bin" / "python"
    if not (home / "installed").exists():
        run(sys.executable, "-m", "venv", str(home))
        run(str(python), "-m", "pip", "install", "-q", "wagtail>=6.3", "granian>=2.3")
        (home / "installed").touch()
    data = BUILD / "bench-portal" / f"wagtail-{size}"
    data.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ, "BENCH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "wagtail_site.settings", "PYTHONPATH": str(PEERS),
    }  # fmt: skip
    if not (data / "filled").exists():
        run(str(python), "-m", "django", "migrate", "-v0", environment=environment)
        run(str(python), str(PEERS / "fill_wagtail.py"), str(size), environment=environment)
        (data / "filled").touch()
    return str(python), "wagtail_site.wsgi:application", environment


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """A step of the preparation; its failure is ours."""
    subprocess.run(command, env=environment, check=True)


Measured = dict[str, tuple[float, float, float, int]]


def serve_and_measure(
    name: str, python: str, application: str, environment: dict[str, str], size: int, asked: argparse.Namespace
) -> Measured:
    """Start the server, measure each kind, stop it."""
    port = PORTS[name]
    command = [python, "-m", "granian", application, *GRANIAN, "--port", str(port), "--log-level", "error"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            kinds = addresses(name, size)
            wait_for(port, "/")
            return {kind: load(port, pick, asked.seconds, asked.clients) for kind, pick in kinds.items()}
        finally:
            server.terminate()


def addresses(name: str, size: int) -> dict[str, Callable[[random.Random], str]]:
    """What is asked for: the first page, the first ten pages of the list, any document."""
    if name == "gongkai":
        document = lambda r: f"/info/{2020_000_001 + r.randrange(size)}"  # noqa: E731
        listing = lambda r: f"/column/bench-organ/list?page={r.randrange(1, 11)}"  # noqa: E731
    else:
        document = lambda r: f"/documents/d{r.randrange(size)}/"  # noqa: E731
        listing = lambda r: f"/documents/?page={r.randrange(1, 11)}"  # noqa: E731
    return {"home": lambda r: "/", "list": listing, "document": document}


def wait_for(port: int, path: str) -> None:
    """Until it answers, at most a minute."""
    for _ in range(240):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise RuntimeError(f"port {port} does not answer {path}")


def load(port: int, pick: Callable[[random.Random], str], seconds: float, clients: int) -> tuple[float, float, float, int]:
    """(pages a second, median and 95th percentile in ms, bytes of a page) after a warm-up of two seconds."""
    times: list[float] = []
    sizes: list[int] = []
    start = time.perf_counter() + 2
    end = start + seconds

    def client(number: int) -> None:
        chance, connection = random.Random(number), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while (began := time.perf_counter()) < end:
            connection.request("GET", pick(chance))
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} on port {port}")
            if began >= start:
                times.append(time.perf_counter() - began)
                sizes.append(len(body))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not times:
        raise RuntimeError("no answer in time")
    times.sort()
    return len(times) / seconds, statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000, round(statistics.mean(sizes))


if __name__ == "__main__":
    main()
