"""The verbs of this room; importing them all lets the log name them."""

from . import (
    attach_file,
    close_cleanup,
    consent_interpretation,
    create_item,
    decide_cleanup,
    detach_file,
    discard_draft,
    end_entry,
    import_entries,
    link_interpretation,
    open_cleanup,
    place_items,
    reclassify_item,
    record_channel,
    revise_item,
    save_entry,
    save_page,
    set_validity,
    unlink_interpretation,
)

__all__ = [
    "attach_file", "close_cleanup", "consent_interpretation", "create_item", "decide_cleanup", "detach_file", "discard_draft", "end_entry",
    "import_entries", "link_interpretation", "open_cleanup", "place_items", "reclassify_item", "record_channel",
    "revise_item", "save_entry", "save_page", "set_validity", "unlink_interpretation",
]  # fmt: skip
