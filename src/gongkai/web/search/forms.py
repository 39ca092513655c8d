"""The simple box and the advanced form are one GET form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.web.catalogue.models import Validity
from gongkai.web.catalogue.taxonomy import art20_choices, theme_choices
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind as OrganKind
from gongkai.web.organs.models import Organ

from .document import TITLES, Kind
from .query import Period, Query, Sort

PERIODS = {Period.DAY: "一天内", Period.WEEK: "一周内", Period.MONTH: "一月内", Period.YEAR: "一年内"}
SORTS = {Sort.RELEVANCE: "按相关性", Sort.DATE: "按发布日期"}
PAGE_SIZE = 20


def _choices(first: str, pairs: Any) -> list[tuple[str, str]]:
    return [("", first), *pairs]


class SearchForm(forms.Form):
    """Every field may be left out. Conditions that cannot be are told; the search goes on without them."""

    q = forms.CharField(label="检索词", required=False, strip=True)
    phrase = forms.CharField(label="包含完整词句", required=False)
    any = forms.CharField(label="包含任意一个词", required=False, help_text="多个词用空格隔开。")
    without = forms.CharField(label="不包含", required=False)
    number = forms.CharField(label="文号", required=False, help_text="例如：某政发〔2024〕6号。")
    where = forms.ChoiceField(label="检索位置", required=False, choices=[("", "标题和正文"), ("title", "仅标题")])
    organ = forms.ModelChoiceField(
        Organ.objects.none(), label="发布机构（含下级）", required=False, empty_label="全部机构"
    )
    kind = forms.ChoiceField(label="信息种类", required=False, choices=lambda: _choices("全部种类", ((one.value, title) for one, title in TITLES.items())))  # fmt: skip
    art20 = forms.ChoiceField(
        label="法定主动公开内容", required=False, choices=lambda: _choices("全部内容", art20_choices())
    )
    theme = forms.ChoiceField(label="主题分类", required=False, choices=lambda: _choices("全部主题", theme_choices()))
    validity = forms.ChoiceField(
        label="有效性", required=False, choices=_choices("不限", [(key, label) for key, label in Validity.choices if key])
    )
    period = forms.ChoiceField(
        label="发布时间", required=False, choices=_choices("不限", [(key.value, title) for key, title in PERIODS.items()])
    )
    since = forms.DateField(label="发布日期起", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="发布日期止", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sort = forms.ChoiceField(
        label="排序", required=False, choices=_choices("按相关性", [(Sort.DATE.value, SORTS[Sort.DATE])])
    )

    ADVANCED = ("phrase", "any", "without", "number", "where", "organ", "art20", "theme", "validity", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        organs = visible(Organ, Actor.public()).filter(listed=True).exclude(kind=OrganKind.INTERNAL)
        self.fields["organ"].queryset = organs.order_by("level", "order", "slug")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A range that ends before it begins finds nothing: said, not shown as an empty page."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", "发布日期的“止”早于“起”，请调整。")
        return found

    def query(self, page: int) -> Query:
        """The Query, from those fields that are right."""
        self.is_valid()
        kept = self.cleaned_data
        since: date | None = kept.get("since")
        if kept.get("period"):
            start = Period(kept["period"]).since(timezone.localdate())
            since = max(start, since) if since else start
        return Query(
            words=kept.get("q") or "",
            phrase=kept.get("phrase") or "",
            any_of=kept.get("any") or "",
            without=kept.get("without") or "",
            number=kept.get("number") or "",
            in_title=kept.get("where") == "title",
            organ=kept["organ"].pk if kept.get("organ") else None,
            kind=Kind(kept["kind"]) if kept.get("kind") else None,
            art20=kept.get("art20") or "",
            theme=kept.get("theme") or "",
            validity=kept.get("validity") or "",
            since=since,
            until=kept.get("until"),
            sort=Sort(kept["sort"]) if kept.get("sort") else Sort.RELEVANCE,
            page=page,
            size=PAGE_SIZE,
        )

    @property
    def uses_more(self) -> bool:
        """Whether a field of the advanced part is filled in: it is then shown open."""
        return any(self.data.get(name) for name in self.ADVANCED)

    def advanced(self) -> list[forms.BoundField]:
        """The fields of the advanced part."""
        return [self[name] for name in self.ADVANCED]
