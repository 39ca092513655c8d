"""The bridge between a form and a verb: refusals become the form's errors, word for word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from .action import Action
from .publishing import Screened, answered
from .rule import Refused

T = TypeVar("T")


def perform(form: forms.BaseForm, build: Callable[[], Action[T]]) -> T | None:
    """Perform the verb that `build` makes from the cleaned form; None when the form or the rules say no.

    Where the verb lets words out, the form gets what the checks found in them (`house.publishing`).
    A refusal that only asks for the password again is left to rise: the middleware leads there.
    """
    if not form.is_valid():
        return None
    act = build()
    if isinstance(act, Screened) and all(rule.refuse(act.actor) is None for rule in act.rules()):
        answered(form, act)
    try:
        return act.perform()
    except Refused as refused:
        if refused.only_reauthentication:
            raise
        for refusal in refused.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
