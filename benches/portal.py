"""How fast the portal answers, beside a plain Wagtail site with as many pages of the same length, in the same run.

    python benches/portal.py [--items 100000] [--pages ITEMS] [--seconds 10] [--clients 4] [--client wrk|python]

Both run in granian with the same two workers on SQLite in WAL mode. Wagtail is installed into build/bench-wagtail (for
this bench only). Each kind is measured for SECONDS after a warm-up of two:

* `home`, `list`: the first page, and the first ten pages of a list, as in life the same few again and again;
* `document`: drawn evenly over all of them, after `keep_pages` has made every page (ADR 0083). Wagtail has no such store;
  this is each product as it is run, not the same work done twice;
* `document, first time`: nothing is kept and no document is asked for twice, so that every page is made and written to
  the file. The peer does the same work here as above.

The client is wrk where it is installed (Debian: `apt-get install wrk`), else Python threads, which take about half of
the machine; both peers get the same client. It runs on the same cores as the servers. Filling and `keep_pages` go on
where an earlier run was stopped.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from portal_peers.clients import Kind, Measured, fetch, measure

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
PEERS = Path(__file__).parent / "portal_peers"
PORTS = {"gongkai": 8871, "wagtail": 8872}
GRANIAN = ("--workers", "2", "--host", "127.0.0.1", "--no-ws")
INTERFACE = {"gongkai": ("--interface", "rsgi", "--http", "1"), "wagtail": ("--interface", "wsgi", "--blocking-threads", "4")}
"""Each as it is run: gongkai with its door (ADR 0106), which has four threads a process too."""
FIRST_TIME = "document, first time"


def main() -> None:
    """Fill, serve, measure, compare."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--items", type=int, default=100_000)
    read.add_argument("--pages", type=int, help="pages of the Wagtail site; as many as items by default")
    read.add_argument("--seconds", type=int, default=10)
    read.add_argument("--clients", type=int, default=4)
    read.add_argument("--client", choices=("wrk", "python"), default="wrk" if shutil.which("wrk") else "python")
    asked = read.parse_args()
    asked.pages = asked.pages or asked.items
    measured = {"gongkai": gongkai(asked), "wagtail": wagtail(asked)}
    print(f"{asked.items} items, {asked.pages} pages, {asked.clients} connections of {asked.client}, {asked.seconds} s a row")
    print(f"{'':22}{'':>10}{'pages/s':>10}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}{'bytes':>10}")
    for kind in measured["gongkai"]:
        for name in PORTS:
            one = measured[name][kind]
            print(f"{kind:22}{name:>10}{one.rate:10.0f}{one.p50:10.2f}{one.p95:10.2f}{one.p99:10.2f}{one.bytes:10d}")
        print(f"{kind:22}{'ratio':>10}{measured['gongkai'][kind].rate / measured['wagtail'][kind].rate:10.1f}")


def gongkai(asked: argparse.Namespace) -> dict[str, Measured]:
    """A data folder with so many published items, first without a kept page, then with all of them."""
    data = BUILD / "bench-portal" / f"gongkai-{asked.items}"
    environment = {
        **os.environ, "GONGKAI_DATA": str(data), "GONGKAI_HTTPS": "off", "GONGKAI_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
    }  # fmt: skip
    data.mkdir(parents=True, exist_ok=True)
    run(sys.executable, "-m", "gongkai.web", "prepare", environment=environment)
    if not (data / "filled").exists():
        run(sys.executable, str(PEERS / "fill_gongkai.py"), str(asked.items), environment=environment)
        (data / "filled").touch()
    started = time.perf_counter()
    run(sys.executable, "-m", "gongkai.web", "keep_pages", "--processes", "2", environment=environment)
    print(f"keep_pages: {time.perf_counter() - started:.0f} s", flush=True)
    kinds = {
        "home": Kind("/"),
        "list": Kind("/column/bench-organ/list?page=", first=1, count=10),
        "document": Kind("/info/", first=2020_000_001, count=asked.items),
    }
    server = (sys.executable, "gongkai.web.door.application:application", environment)
    with set_aside(data / "run"):
        found = serve_and_measure("gongkai", *server, {FIRST_TIME: kinds["document"].once()}, asked)
    return serve_and_measure("gongkai", *server, kinds, asked) | found


def wagtail(asked: argparse.Namespace) -> dict[str, Measured]:
    """A virtual environment with Wagtail, and a plain site with so many pages."""
    home = BUILD / "bench-wagtail"
    python = home / "bin" / "python"
    if not (home / "installed").exists():
        run(sys.executable, "-m", "venv", str(home))
        run(str(python), "-m", "pip", "install", "-q", "wagtail>=6.3", "granian>=2.3")
        (home / "installed").touch()
    data = BUILD / "bench-portal" / f"wagtail-{asked.pages}"
    environment = {
        **os.environ, "BENCH_DATA": str(data), "DJANGO_SETTINGS_MODULE": "wagtail_site.settings", "PYTHONPATH": str(PEERS),
    }  # fmt: skip
    if not (data / "filled").exists():
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        run(str(python), "-m", "django", "migrate", "-v0", environment=environment)
        run(str(python), str(PEERS / "fill_wagtail.py"), str(asked.pages), environment=environment)
        (data / "filled").touch()
    document = Kind("/documents/d", count=asked.pages, after="/")
    kinds = {"home": Kind("/"), "list": Kind("/documents/?page=", first=1, count=10), "document": document, FIRST_TIME: document.once()}
    return serve_and_measure("wagtail", str(python), "wagtail_site.wsgi:application", environment, kinds, asked)


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """A step of the preparation; its failure is ours."""
    subprocess.run(command, env=environment, check=True)


@contextmanager
def set_aside(folder: Path) -> Iterator[None]:
    """Without the kept pages; they come back in place of those made meanwhile."""
    aside = folder.parent / "kept-aside"
    aside.mkdir(exist_ok=True)
    for file in folder.glob("pages.sqlite3*"):
        file.replace(aside / file.name)
    try:
        yield
    finally:
        for file in folder.glob("pages.sqlite3*"):
            file.unlink()
        for file in aside.iterdir():
            file.replace(folder / file.name)
        aside.rmdir()


def serve_and_measure(
    name: str, python: str, application: str, environment: dict[str, str], kinds: dict[str, Kind], asked: argparse.Namespace
) -> dict[str, Measured]:
    """Start the server, measure each kind, stop it."""
    port = PORTS[name]
    command = [python, "-m", "granian", application, *GRANIAN, *INTERFACE[name], "--port", str(port), "--log-level", "error"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            wait_for(port, "/")
            return {kind: measure(port, of, asked.seconds, asked.clients, asked.client) for kind, of in kinds.items()}
        finally:
            server.terminate()


def wait_for(port: int, path: str) -> None:
    """Until it answers, at most a minute."""
    for _ in range(240):
        try:
            fetch(port, path)
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise RuntimeError(f"port {port} does not answer {path}")


if __name__ == "__main__":
    main()
