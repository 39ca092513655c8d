"""What a page must be at every width: no axe violation with everything open, no sideways scrolling, no word of the machine."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe

WIDTHS, BETWEEN = (1280, 390), (768, 320)
"""All is looked at in the first two; in the others, whose rules of style are the same, whether it fits."""
SLIPS = re.compile(r"(?<![-\w])None\b|undefined|\{\{|\{%|-{9}|\ufffd")
"""What a template shows where something is missing."""
_OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"


def judged(page) -> list[str]:
    """Everything wrong with the page that is open now; it stays at the last width."""
    page.evaluate(_OPEN)
    text = page.evaluate("document.body.innerText")
    found = [f"shows {slip!r}" for slip in SLIPS.findall(text)]
    for width in (*WIDTHS, *BETWEEN):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in (violations(page) if width in WIDTHS else []) + overflow(page, width)]
    return found


def faults(page, width) -> list[str]:
    """At the width that the page has."""
    page.evaluate(_OPEN)
    return violations(page) + overflow(page, width)


def violations(page) -> list[str]:
    """What axe says."""
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]


def overflow(page, width) -> list[str]:
    """Whether one would have to scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"scrolls sideways: {wide} > {width}"] if wide > width else []
