"""The verbs of this room; importing them all lets the log name them."""

from . import approve_word, drop_word

__all__ = ["approve_word", "drop_word"]
