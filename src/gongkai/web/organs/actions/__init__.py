"""The verbs of this room; importing them all lets the log name them."""

from . import (
    appoint,
    close_organ,
    create_organ,
    end_post,
    import_organs,
    move_organ,
    rename_organ,
    revise_office,
    revise_organ,
)

__all__ = [
    "appoint", "close_organ", "create_organ", "end_post", "import_organs", "move_organ", "rename_organ",
    "revise_office", "revise_organ",
]  # fmt: skip
