"""Verb: suggest an approved word no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Rule
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.search.models import ApprovedWord

from .approve_word import site_organ


@dataclass(kw_only=True)
class DropWord(Action[None]):
    """At once, for everybody."""

    verb = "search.drop_word"
    title = "停用推荐检索词"

    word: ApprovedWord

    def rules(self) -> Iterable[Rule]:
        """The office of the site."""
        yield HasRole(site_organ(), (Role.OGI_OFFICE,), self.title)

    def change(self) -> None:
        """Take it out; the log keeps who had approved it."""
        ApprovedWord.objects.filter(pk=self.word.pk).delete()

    def subject(self, result: None) -> Subject:
        """The word, in the matter of the site's organ."""
        organ = site_organ()
        return Subject.of(self.word, organ_id=organ.pk if organ else None)

    def details(self) -> Mapping[str, Any]:
        """Which word."""
        return {"word": self.word.text}
