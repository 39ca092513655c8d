"""The verbs of this room; importing them all lets the log name them."""

from . import bring_in_items

__all__ = ["bring_in_items"]
