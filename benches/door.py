"""What the door in front of Django costs, and what it is for: the server with it beside the same server without (ADR 0106).

    python benches/door.py [--items 3000] [--rounds 4] [--seconds 3] [--connections 20]
        [--kinds home,list,document,search] [--senders 20,60,200] [--before CHECKOUT]

Both serve one filled data folder with two processes of four threads (GONGKAI_SEARCH_RATE is off, so that searches are
measured and not their limit). Pages are asked for by wrk, in turns, ROUNDS times; the ratios are of the rounds' medians.
Then SENDERS begin a form and wait, and the first page is asked for meanwhile.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from portal import BUILD, PEERS, run, wait_for
from portal_peers.clients import Kind, Measured, fetch, measure

COMMON = ("--workers", "2", "--host", "127.0.0.1", "--log-level", "error", "--no-ws")
SIDES = {
    "without": (8873, "gongkai.web.wsgi:application", ("--interface", "wsgi", "--blocking-threads", "4")),
    "door": (8874, "gongkai.web.door.application:application", ("--interface", "rsgi", "--http", "1")),
}
WITHIN_SECONDS = 5
# With the cookie that a sign-in page sets: without one Django refuses a form before it reads it.
SLOW = (
    b"POST /account/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n"
    b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n\r\na="
)


def main() -> None:
    """Fill, serve both, measure in turns."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--items", type=int, default=3000)
    read.add_argument("--rounds", type=int, default=4)
    read.add_argument("--seconds", type=int, default=3)
    read.add_argument("--connections", type=int, default=20)
    read.add_argument("--kinds", default="home,list,document,search")
    read.add_argument("--senders", default="20,60,200")
    read.add_argument("--before", type=Path, help="a checkout of an earlier release, with data of its own, as the side without the door")
    asked = read.parse_args()
    with ExitStack() as stack:
        for name, (port, application, options) in SIDES.items():
            before = asked.before if name == "without" else None
            command = [sys.executable, "-m", "granian", application, *COMMON, *options, "--port", str(port)]
            server = stack.enter_context(subprocess.Popen(command, env=filled(asked.items, before)))
            stack.callback(server.terminate)
        for port, _, _ in SIDES.values():
            wait_for(port, "/")
        speed(asked)
        for count in map(int, asked.senders.split(",")):
            for name, (port, _, _) in SIDES.items():
                print(f"{count:4} senders wait, {name:8}: {answered(port, count)}", flush=True)


def filled(items: int, before: Path | None) -> dict[str, str]:
    """The environment of a data folder with so many published items, indexed; of the code in the checkout `before`, where given."""
    data = BUILD / "bench-door" / f"{'before' if before else 'gongkai'}-{items}"
    environment = {
        **os.environ, "GONGKAI_DATA": str(data), "GONGKAI_HTTPS": "off", "GONGKAI_LOG_LEVEL": "ERROR", "GONGKAI_SEARCH_RATE": "0",
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
    }  # fmt: skip
    if before:
        environment["PYTHONPATH"] = str(before.resolve() / "src")
    if not (data / "filled").exists():
        data.mkdir(parents=True, exist_ok=True)
        run(sys.executable, "-m", "gongkai.web", "prepare", environment=environment)
        run(sys.executable, str(PEERS / "fill_gongkai.py"), str(items), environment=environment)
        run(sys.executable, "-m", "gongkai.web", "rebuild_search", environment=environment)
        run(sys.executable, "-m", "gongkai.web", "keep_pages", environment=environment)
        (data / "filled").touch()
    return environment


def speed(asked: argparse.Namespace) -> None:
    """Each kind in turns. Queries of the search are never asked twice on one side."""
    print(f"{'':10}{'':>9}{'pages/s':>9}{'p50 ms':>9}{'p95 ms':>9}   each round")
    for kind in asked.kinds.split(","):
        found: dict[str, list[Measured]] = {name: [] for name in SIDES}
        for number in range(asked.rounds):
            of = {
                "home": Kind("/"), "list": Kind("/column/bench-organ/list?page=", 1, 10),
                "document": Kind("/info/", 2020_000_001, asked.items),
                "search": Kind("/search/?q=", 1_000_000 * (number + 1), 999_983).once(),
            }[kind]  # fmt: skip
            for name, (port, _, _) in SIDES.items():
                found[name].append(measure(port, of, asked.seconds, asked.connections, "wrk"))
        middle = {name: [statistics.median(getattr(one, of) for one in of_side) for of in ("rate", "p50", "p95")] for name, of_side in found.items()}
        for name, (rate, p50, p95) in middle.items():
            print(f"{kind:10}{name:>9}{rate:9.0f}{p50:9.1f}{p95:9.1f}   {' '.join(f'{one.rate:.0f}' for one in found[name])}", flush=True)
        ratios = [new / old for new, old in zip(middle["door"], middle["without"], strict=True)]
        print(f"{kind:10}{'ratio':>9}{ratios[0]:9.2f}{ratios[1]:9.2f}{ratios[2]:9.2f}", flush=True)


def answered(port: int, count: int) -> str:
    """How the first page is answered ten times while so many wait."""
    with ExitStack() as stack:
        for _ in range(count):
            link = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            link.sendall(SLOW)
        time.sleep(1)
        times = []
        for _ in range(10):
            began = time.perf_counter()
            try:
                fetch(port, "/", WITHIN_SECONDS)
            except OSError:
                return f"no answer within {WITHIN_SECONDS} s"
            times.append((time.perf_counter() - began) * 1000)
    return f"median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms"


if __name__ == "__main__":
    main()
