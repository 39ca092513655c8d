"""The verbs of this room; importing them all lets the log name them."""

from . import (
    approve_item,
    change_attribute,
    confirm_emergency,
    drop_original,
    emergency_publish,
    escalate_emergency,
    name_original,
    pass_step,
    publish_item,
    record_answer,
    record_opinion,
    refer_item,
    return_item,
    review_emergency,
    set_reassess_date,
    set_route,
    submit_item,
    withdraw_item,
)

__all__ = [
    "approve_item", "change_attribute", "confirm_emergency", "drop_original", "emergency_publish",
    "escalate_emergency", "name_original", "pass_step", "publish_item", "record_answer", "record_opinion",
    "refer_item", "return_item", "review_emergency", "set_reassess_date", "set_route", "submit_item", "withdraw_item",
]  # fmt: skip
