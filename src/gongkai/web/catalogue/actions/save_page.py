"""Verb: write the guide or a rule of an organ's column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.web.catalogue.models import PageKind, StandingPage
from gongkai.web.catalogue.sanitised import plain_text
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.titles import quoted
from gongkai.web.organs.models import Office, Organ, Role
from gongkai.web.organs.rules import HasRole, Open

GUIDE_PARTS = ("classification", "arrangement", "obtaining", "requesting", "remedies")
FIELDS = ("title", "position", *GUIDE_PARTS, "body", "item", "published")
# What Art. 12 names; the rest of the guide is custom.
REQUIRED = ("classification", "arrangement", "obtaining")


@dataclass(kw_only=True)
class SavePage(Screened[StandingPage]):
    """`values` are fields of FIELDS. Keeping guide and rules is the OGI office's duty (Art. 4), without a review of
    its own; to publish, everything Art. 12 wants must be there, the office's contact data too, and the checks before
    publication pass."""

    verb = "catalogue.save_page"
    title = "编制指南和制度"

    organ: Organ
    kind: PageKind
    values: Mapping[str, Any]
    page: StandingPage | None = None

    def rules(self) -> Iterable[Rule]:
        """The OGI office."""
        yield HasRole(self.organ, (Role.OGI_OFFICE,), self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Valid fields; complete when published."""
        page = self._filled()
        try:
            page.full_clean(exclude=["organ", "revised_by"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (
                    Refusal("invalid", text, field="" if name == "__all__" else name) for text in messages
                )
        others = StandingPage.objects.filter(organ=self.organ, kind=self.kind).exclude(pk=page.pk)
        if self.kind == PageKind.GUIDE and others.exists():
            yield Refusal("guide_once", f"{self.organ}已有公开指南。请修改现有指南。")
        elif others.filter(title=page.title).exists():
            yield Refusal("title", f"{self.organ}已有同名制度“{page.title}”。请改标题，或修改现有制度。", field="title")
        if page.published:
            yield from lacking_guide(page) if self.kind == PageKind.GUIDE else lacking_rule(page)
        yield from self.screen_problems()

    def publication(self) -> Publication | None:
        """What readers of the page will see; a page that is not published yet, or no longer, has none."""
        page = self._filled()
        return publication_of(page) if page.published else None

    def _filled(self) -> StandingPage:
        page = self.page or StandingPage(organ=self.organ, kind=self.kind)
        strange = set(self.values) - set(FIELDS)
        if strange:
            raise ValueError(f"not fields of a standing page: {sorted(strange)}")
        for name, value in self.values.items():
            setattr(page, name, value)
        page.revised_on = timezone.localdate()
        page.revised_by = self.actor.user
        return page

    def change(self) -> StandingPage:
        """Save."""
        page = self._filled()
        page.save()
        self.keep_findings(page)
        return page

    def subject(self, result: StandingPage | None) -> Subject:
        """The page, or the organ while there is none."""
        thing = result or self.page
        return Subject.of(thing or self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """What it says now: standing pages are public, and their history is here."""
        return {name: str(value or "") for name, value in self.values.items()} | {"passed_over": self.let_pass}


def publication_of(page: StandingPage) -> Publication:
    """The words of a guide or a rule. A guide states how to reach the office: its telephone and mailbox belong there."""
    names = ("title", *GUIDE_PARTS) if page.kind == PageKind.GUIDE else ("title",)
    words = tuple(Words(getattr(page, name), str(page._meta.get_field(name).verbose_name)) for name in names)
    contact = frozenset({"fixed_phone", "email"}) if page.kind == PageKind.GUIDE else frozenset()
    return Publication(thing=page, organ=page.organ, words=(*words, Words(page.body, "正文", html=True)), expected=contact)


def lacking_guide(page: StandingPage) -> Iterable[Refusal]:
    """What the guide must state and does not (Art. 12)."""
    basis = "《条例》第十二条"
    for name in REQUIRED:
        if not getattr(page, name).strip():
            label = page._meta.get_field(name).verbose_name
            yield Refusal("guide", f"公开指南应载明{label}。请填写后再发布。", basis, field=name)
    office = Office.objects.filter(organ=page.organ).first()
    missing = office.missing() if office else ["工作机构名称、地址、时间、电话、传真、互联网联系方式"]
    if missing:
        yield Refusal(
            "office", f"公开指南应载明工作机构的{'、'.join(missing)}。请先在机关信息中补全。", basis, field="published"
        )  # fmt: skip


def lacking_rule(page: StandingPage) -> Iterable[Refusal]:
    """A rule has a text, or is an item that has one."""
    if page.item_id is None and not plain_text(page.body):
        yield Refusal("empty", "请填写制度正文，或选择对应的信息。", field="body")
    if page.item is not None and not page.item.is_public():
        yield Refusal(
            "item", f"{quoted(page.item.title)}尚未公开，不能作为制度发布。请先完成发布。", field="item"
        )
