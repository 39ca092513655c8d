"""Tags and filters for every template (built in: no `load` needed)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ChoiceField,
    Field,
    ModelChoiceField,
    RadioSelect,
)
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.web.house.titles import quoted

register = template.Library()
NO_BREAK_THIN = "\u2009"
# What Django shows for no choice; the words are ours.
DASHES, NO_CHOICE = "---------", "未选"


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-01-20, for lists and tables."""
    return "" if value is None else _local(value).strftime("%Y-%m-%d")


@register.filter
def moment(value: datetime | None) -> str:
    """2026-01-20 14:05:09, in China's time."""
    return "" if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")


@register.filter
def day_in_words(value: date | datetime | None) -> str:
    """2026年1月20日, for sentences."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local.year}年{local.month}月{local.day}日"


def _local(value: date | datetime) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


@register.filter
def masked(name: str) -> str:
    """A personal name in a list: 王*."""
    return f"{name[:1]}*" if name else ""


register.filter("in_title_marks", quoted)


@register.filter
def count(number: int) -> str:
    """A count: 9876, then 12 345 with a thin space."""
    return str(number) if abs(number) < 10_000 else f"{number:,}".replace(",", NO_BREAK_THIN)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of house/symbols.html; with `label` it speaks, without it is silent."""
    silent = format_html(
        '<svg class="ico" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name
    )
    return format_html('{}<span class="vh">{}</span>', silent, label) if label else silent


@register.simple_tag
def badge(word: str, kind: str = "") -> SafeString:
    """A badge: `kind` is ok, info, warn, bad, gone or nothing; the word carries the meaning."""
    return format_html('<span class="badge {}">{}</span>', kind, word)


@register.inclusion_tag("house/field.html")
def field(bound: BoundField, narrow: bool = False) -> dict[str, Any]:
    """One form field with its label, hint and errors."""
    widget = bound.field.widget
    grouped = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    tick = isinstance(widget, CheckboxInput)
    described = [f"{bound.id_for_label}-hint"] if bound.help_text else []
    described += [f"{bound.id_for_label}-err"] if bound.errors else []
    extra: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        extra["aria-invalid"] = "true"
    _no_choice_in_words(bound.field)
    control = bound.as_widget(attrs=extra)
    return {"field": bound, "control": control, "grouped": grouped, "tick": tick, "narrow": narrow}


def _no_choice_in_words(asked: Field) -> None:
    if isinstance(asked, ModelChoiceField):
        if asked.empty_label == DASHES:
            asked.empty_label = NO_CHOICE
    elif isinstance(asked, ChoiceField) and ("", DASHES) in asked.choices:
        asked.choices = [(key, NO_CHOICE if label == DASHES else label) for key, label in asked.choices]


@register.inclusion_tag("house/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """The box above a form: every error, linked to its field, in the field's own words."""
    found = []
    for name, messages in form.errors.items():
        target = form[name].id_for_label if name in form.fields else ""
        label = form[name].label if name in form.fields else ""
        for message in messages:
            found.append({"target": target, "label": "" if _says(message, label) else label, "message": message})
    return {"errors": found}


def _says(message: str, label: str) -> bool:
    """Whether the message opens with what the field is about, as the reasons for warnings do."""
    about, stop, _ = label.partition("。")
    return bool(stop) and message.startswith(about)


@register.inclusion_tag("house/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """第1至50条，共1234条, and the numbers."""
    return {"page": page}
