"""The verbs of this room; importing them all lets the log name them."""

from . import (
    bring_in_items,
    finish_site,
    go_on_site,
    pause_site,
    plan_site,
    reread_site,
    start_site,
    stop_site,
)

__all__ = [
    "bring_in_items", "finish_site", "go_on_site", "pause_site", "plan_site", "reread_site", "start_site", "stop_site",
]  # fmt: skip
