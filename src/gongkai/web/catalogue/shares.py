"""Shares that reports and assessments ask for: channels, forms of interpretation, policies with an interpretation."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from . import taxonomy
from .models import ChannelUse, Form, Interpretation, Item

WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class Line:
    """A count and its share in words; the share is empty where it would be of nothing."""

    key: str
    title: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Of `total` public items: each once a channel, however often it stood there. `forms` count interpretations of public
    policies once a form; `interpreted` are the policies among the items that have one."""

    total: int
    channels: list[Line]
    elsewhere: Line
    forms: list[Line]
    not_text: Line
    interpreted: Line


def share(part: int, whole: int) -> str:
    """12.5%; nothing where there is no whole."""
    return f"{100 * part / whole:.1f}%" if whole else ""


def shares(items: QuerySet[Item]) -> Shares:
    """Of these public items. Six queries, however many there are."""
    ids = items.order_by().values("pk")
    total = items.count()
    uses = ChannelUse.objects.filter(item__in=ids)
    by_channel = dict(uses.order_by().values_list("channel").annotate(count=Count("item", distinct=True)))
    links = Interpretation.objects.filter(reading__in=ids, policy__released=True)
    by_form = dict(links.order_by().values_list("form").annotate(count=Count("reading", distinct=True)))
    readings = links.values("reading").distinct().count()
    others = links.exclude(form=Form.TEXT).values("reading").distinct().count()
    policies = items.order_by().filter(kind__in=taxonomy.KINDS.keys_where(validity=True))
    wanted = policies.count()
    with_one = policies.filter(readings__reading__released=True).distinct().count()
    elsewhere = uses.exclude(channel=WEBSITE).values("item").distinct().count()
    return Shares(
        total,
        [_line(term.key, term.title, by_channel.get(term.key, 0), total) for term in taxonomy.CHANNELS],
        _line("", "政府网站以外至少一个渠道", elsewhere, total),
        [_line(str(form), str(form.label), by_form.get(form, 0), readings) for form in Form],
        _line("", "文字以外的形式", others, readings),
        _line("", "有解读的政策文件", with_one, wanted),
    )


def _line(key: str, title: str, count: int, whole: int) -> Line:
    return Line(key, title, count, share(count, whole))
