"""Reading and checking, beside the floor and beside peers, on the same generated pages in one run.

    python benches/reading.py [--pages N] [--quick]

Prints medians in milliseconds a document and, what counts, ratios: gongkai reads and checks; (a) is the floor, a bare
selectolax parse plus the text of all cells; (b) pandas.read_html; (c) BeautifulSoup on lxml walking the same tables.
All work on the same pages in turn, ten at a time and each page once, and processor time is taken: other programs on the machine do not count.
Pages: "menu" with a site's menu, "bare" without, "new" with tables spelled and left blank as on no page before (gongkai remembers the shape of
tables, so these show what a first meeting costs).
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pages import heavy_page, report

from gongkai import read_many
from gongkai.checking import check
from gongkai.reading.pipeline import read_bytes
from gongkai.report import Report
from gongkai.writing import to_bytes

_TURN = 10
Work = Callable[[bytes], object]


def floor(page: bytes) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    return [cell.text() for cell in LexborHTMLParser(page.decode()).css("td,th")]


def pandas(page: bytes) -> list[object]:
    import pandas as pd

    return pd.read_html(io.BytesIO(page), flavor="lxml", encoding="utf-8")


def soup(page: bytes) -> list[list[str]]:
    from bs4 import BeautifulSoup

    tree = BeautifulSoup(page, "lxml")
    return [[cell.get_text() for cell in row.find_all(["td", "th"])] for t in tree.find_all("table") for row in t.find_all("tr")]


def ours(page: bytes, name: str = "page.html") -> object:
    found = read_bytes(page, name)[0]
    assert found.form is not None, found.problems
    return check(found)


def medians(works: dict[str, Work], pages: list[bytes]) -> dict[str, float]:
    """Median milliseconds a document of each; the works take turns on ten pages, so that a slow moment hits all of them.

    The first ten pages only warm up: modules, patterns, the labels of the forms.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for first in range(0, len(pages), _TURN):
        for name, work in works.items():
            for page in pages[first : first + _TURN]:
                start = time.process_time()
                work(page)
                times[name].append((time.process_time() - start) * 1000)
    return {name: statistics.median(t[_TURN:]) for name, t in times.items()}


def same_work(page: bytes, truth: Report) -> None:
    """All four work on the same page: the cells of the floor are those of the soup, the figures of gongkai are the true ones."""
    cells = [text.strip() for text in floor(page)]
    assert cells == [text.strip() for table in soup(page) for text in table], "floor and soup see other cells"
    assert len(pandas(page)) == page.count(b"<table"), "pandas sees other tables"
    found = read_bytes(page, "page.html")[0]
    assert {a: f.value for a, f in found.figures.items()} == {a: f.value for a, f in truth.figures.items()}, "gongkai reads other figures"


def compare(kilobytes: int, count: int, *, furniture: bool = True, own: bool = False) -> None:
    """One line of the table. With ``own`` every page has tables never met before."""
    pages = [heavy_page(seed, kilobytes, furniture=furniture, own=own) for seed in range(count + _TURN)]
    for seed in range(0 if own else 2):
        same_work(pages[seed], report(seed))
    found = medians({"gongkai": ours, "floor": floor, "pandas": pandas, "soup": soup}, pages)
    weight, kind = statistics.mean(map(len, pages)) / 1000, "new " if own else "menu" if furniture else "bare"
    own_time = found["gongkai"]
    print(f"{weight:4.0f} kB {kind}  {own_time:7.2f} ms  {found['floor']:7.2f} ms  {found['pandas']:7.2f} ms  {found['soup']:7.2f} ms"
          f"  {own_time / found['floor']:6.1f}x  {found['pandas'] / own_time:6.1f}x  {found['soup'] / own_time:6.1f}x")  # fmt: skip


def formats(count: int) -> None:
    print("\nother formats, one process: milliseconds a document (median)")
    for to in ("docx", "pdf", "xlsx"):
        files = [to_bytes(report(seed), to) for seed in range(count)]
        times = []
        ours(files[0], f"x.{to}")
        for data in files:
            start = time.process_time()
            ours(data, f"x.{to}")
            times.append((time.process_time() - start) * 1000)
        print(f"  {to:5} {statistics.median(times):8.1f} ms   {len(files[0]) / 1000:.0f} kB")


def scans(count: int) -> None:
    try:
        import pypdfium2
        import rapidocr  # noqa: F401
    except ImportError:
        print("  scan  (gongkai[ocr] is not installed)")
        return
    times, pages = [], 0
    for seed in range(count):
        document = pypdfium2.PdfDocument(to_bytes(report(seed), "pdf"))
        pages += len(document)
        image = io.BytesIO()
        shots = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
        shots[0].save(image, "PDF", save_all=True, append_images=shots[1:], resolution=200)
        start = time.perf_counter()
        read_bytes(image.getvalue(), "scan.pdf")
        times.append(time.perf_counter() - start)
    print(f"  scan  {sum(times) / pages:8.2f} s a page ({pages} pages at 200 dpi)")


def workers(pages: list[bytes], copies: int) -> None:
    print("\nworkers: documents a second, start of the workers included")
    with tempfile.TemporaryDirectory() as folder:
        for i in range(copies):
            (Path(folder) / f"{i:05}.html").write_bytes(pages[i % len(pages)])
        rates, peak = {}, 0.0
        for jobs in (1, 2):
            start = time.perf_counter()
            for done, _ in enumerate(read_many([folder], jobs=jobs), 1):
                peak = max(peak, _largest_child()) if done % 50 == 0 else peak
            assert done == copies
            rates[jobs] = copies / (time.perf_counter() - start)
            print(f"  {jobs} worker(s) {rates[jobs]:8.0f}/s")
        print(f"  scaling over 2 workers: {rates[2] / rates[1]:.2f}x")
    print(f"  largest worker: {peak:.0f} MiB")


def _largest_child() -> float:
    """The most memory any process below this one has held, in MiB (Linux; 0 elsewhere)."""
    held: dict[int, tuple[int, float]] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it ended meanwhile
        held[int(fields["Pid"])] = int(fields["PPid"]), int(fields.get("VmHWM", "0 kB").split()[0]) / 1024
    below, found = {os.getpid()}, 0.0
    while below:
        below = {pid for pid, (parent, _) in held.items() if parent in below}
        found = max([found, *(held[pid][1] for pid in below)])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--quick", action="store_true", help="HTML alone")
    options = parser.parse_args()
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {busy:.1f}, {options.pages} pages of each kind, processor time")
    print("page            gongkai    floor (a)  pandas (b)   soup (c)   of (a)   than (b)  than (c)")
    for kilobytes in (60, 90, 120):
        compare(kilobytes, options.pages)
    compare(90, options.pages, furniture=False)
    compare(90, options.pages, own=True)
    if not options.quick:
        formats(10)
        scans(1)
        workers([heavy_page(seed) for seed in range(100)], 1500)


if __name__ == "__main__":
    main()
