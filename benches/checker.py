"""From dropping a report in a real browser to its figures on the page: `python benches/checker.py [--times 9]`.

One `gongkai serve` on an empty platform and Debian's Chromium, on this machine. Prints the median and the longest of the
seconds for a web page and for a text of the same report, beside the seconds the same browser needs to open the
checker's empty page, in the same run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kills.processes import Server

DROP = """([panel, name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    panel.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
  }
}"""


def opened(page: object) -> float:
    """Seconds to open the empty page."""
    began = time.monotonic()
    page.goto("/checker/")  # type: ignore[attr-defined]
    return time.monotonic() - began


def dropped(page: object, name: str, text: str) -> float:
    """Seconds from dropping to the figures."""
    page.goto("/checker/")  # type: ignore[attr-defined]
    panel = page.locator("[data-drop]").element_handle()  # type: ignore[attr-defined]
    began = time.monotonic()
    page.evaluate(DROP, [panel, name, text])  # type: ignore[attr-defined]
    page.locator("td[data-address]").first.wait_for()  # type: ignore[attr-defined]
    return time.monotonic() - began


def main() -> None:
    """Three lines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=9)
    times = parser.parse_args().times
    from playwright.sync_api import sync_playwright
    from tests.web.reporting import samples

    html, text = samples.document().decode(), samples.text().decode()
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="gongkai-checker-") as folder, sync_playwright() as playwright:
        os.environ |= {"GONGKAI_DATA": f"{folder}/data", "GONGKAI_HTTPS": "off", "GONGKAI_LOG_LEVEL": "ERROR"}
        server = Server(Path(folder) / "log")
        server.launch()
        server.wait_ready()
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(base_url=server.address)
        first = dropped(page, "报告.html", html)
        print(f"first after the start of the server: {first:.2f} s")
        for what, measure in (
            ("empty page", lambda number: opened(page)),
            ("web page", lambda number: dropped(page, f"报告{number}.html", html)),
            ("text", lambda number: dropped(page, f"报告{number}.txt", text)),
        ):
            seconds = [measure(number) for number in range(times)]
            print(f"{what}: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s of {times}")
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
