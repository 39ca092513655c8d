"""Verb: approve a word that the search then suggests to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.search.engine import Unavailable
from gongkai.web.search.models import ApprovedWord
from gongkai.web.search.suggestions import LONGEST, finds

NO_INDEX = "检索暂时不能使用，无法核对推荐检索词。请稍后再试。"


def site_organ() -> Organ | None:
    """Whose office answers for the search of the whole site: the first node of the tree."""
    return Organ.objects.filter(parent=None).order_by("level", "order", "slug").first()


@dataclass(kw_only=True)
class ApproveWord(Screened[ApprovedWord]):
    """`text` as it will be suggested."""

    verb = "search.approve_word"
    title = "核准推荐检索词"

    text: str

    def __post_init__(self) -> None:
        self.text = " ".join(self.text.split())

    def rules(self) -> Iterable[Rule]:
        """The office of the site."""
        yield HasRole(site_organ(), (Role.OGI_OFFICE,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """A new, short word that finds something public."""
        if not 2 <= len(self.text) <= LONGEST:
            yield Refusal("length", f"推荐检索词应为2至{LONGEST}个字。请修改后再核准。", field="text")
            return
        if ApprovedWord.objects.filter(text=self.text).exists():
            yield Refusal("there_already", f"“{self.text}”已在推荐检索词中，不用再核准。", field="text")
        try:
            if not finds(self.text):
                yield Refusal("finds_nothing", f"没有公开的信息含有“{self.text}”。请改用能检索到公开信息的词。", field="text")
        except Unavailable:
            yield Refusal("no_index", NO_INDEX, field="text")
        yield from self.screen_problems()

    def publication(self) -> Publication | None:
        """The word itself, seen by everybody who opens the search."""
        organ = site_organ()
        return None if organ is None else Publication(thing=organ, organ=organ, words=(Words(self.text, "推荐检索词"),))

    def change(self) -> ApprovedWord:
        """Keep it with who approved it."""
        word = ApprovedWord.objects.create(text=self.text, approved_by=self.actor.user)
        self.keep_findings(word)
        return word

    def subject(self, result: ApprovedWord | None) -> Subject:
        """The word."""
        organ = site_organ()
        return Subject.of(result or ApprovedWord(text=self.text), organ_id=organ.pk if organ else None)

    def details(self) -> Mapping[str, Any]:
        """The word."""
        return {"word": self.text, "passed_over": self.let_pass}
