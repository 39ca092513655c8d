"""Words that an act makes public, and the checks they pass first: one way for whatever room publishes (ADR 0101).

A verb that lets words out says which (`publication`); the room of review looks at them (`set_screen`) and tells what it
found. What blocks stops the act, a warning wants a reason from a person, and both are kept with the thing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from django.db import models
from django.forms import BaseForm, CharField
from django.http import HttpRequest
from django.utils.html import escape

from .action import Action
from .rule import Refusal

T = TypeVar("T")
LONGEST = 300
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words and what they are on the page (标题, 正文). `html`: an editor's text, its links are looked at too."""

    text: str
    place: str
    html: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A field that is an address readers can follow."""

    address: str
    place: str


@dataclass(frozen=True, slots=True)
class Content:
    """A file that goes out: its hash, where it lies, what it is (a family of catalogue/files/types.toml), its name."""

    sha256: str
    path: str
    family: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What goes out with `thing`, which belongs to `organ`. `expected` are checks whose finds are what the text is for:
    contact data have a telephone number."""

    thing: models.Model
    organ: models.Model
    words: tuple[Words, ...] = ()
    addresses: tuple[Address, ...] = ()
    contents: tuple[Content, ...] = ()
    expected: frozenset[str] = frozenset()


class Found(Protocol):
    """A finding as the house needs to know it."""

    @property
    def waits(self) -> bool: ...
    @property
    def print(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class Screen(Protocol):
    """Who looks. `examine` may take time and must hold no lock; the others are quick."""

    def examine(self, publication: Publication) -> None: ...
    def findings(self, publication: Publication) -> Sequence[Found]: ...
    def problems(self, found: Sequence[Any], reasons: Mapping[str, str]) -> Iterable[Refusal]: ...
    def keep(
        self, publication: Publication, verb: str, actor: Any, found: Sequence[Any], reasons: Mapping[str, str]
    ) -> list[str]: ...


_screens: list[Screen] = []


def set_screen(screen: Screen) -> None:
    """Who looks at what goes out, from now on."""
    _screens[:] = [screen]


def screen() -> Screen:
    """Who looks. Raises RuntimeError where nobody does: nothing is published unseen."""
    if not _screens:
        raise RuntimeError("nobody looks at what is published: call set_screen")
    return _screens[0]


@dataclass(kw_only=True)
class Screened(Action[T], ABC, Generic[T]):
    """A verb that lets words out. Subclasses yield `screen_problems()` among their problems and call `keep_findings`
    when they have done it. `reasons` say by the print of a finding why its warning may stand, `reason_for_all` (of a
    table brought in) why every warning may."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    reason_for_all: str = ""
    found: Sequence[Any] = field(default=(), init=False)
    let_pass: list[str] = field(default_factory=list, init=False)
    _seen: Publication | None = field(default=None, init=False)

    @abstractmethod
    def publication(self) -> Publication | None:
        """What goes out; None when nothing does (a page that stays a draft)."""

    def look(self) -> Sequence[Any]:
        """What is found now, files looked at. For pages; never inside a transaction."""
        publication = self.publication()
        if publication is None:
            return ()
        screen().examine(publication)
        return screen().findings(publication)

    def perform(self) -> T:
        """Look at new files first, when the person may do this at all: that takes time and must hold no lock."""
        if all(rule.refuse(self.actor) is None for rule in self.rules()):
            publication = self.publication()
            if publication is not None and publication.contents:
                screen().examine(publication)
        return super().perform()

    def screen_problems(self) -> Iterable[Refusal]:
        """What the findings say."""
        self._seen = publication = self.publication()
        if publication is None:
            return
        self.found = screen().findings(publication)
        if self.reason_for_all.strip():
            self.reasons = {one.print: self.reason_for_all for one in self.found if one.waits} | dict(self.reasons)
        yield from screen().problems(self.found, self.reasons)

    def keep_findings(self, thing: models.Model | None = None, organ: models.Model | None = None) -> None:
        """Record the run, and each warning let pass; with `thing` (of `organ`) when it has only now been made."""
        if self._seen is not None:
            seen = replace(self._seen, thing=thing or self._seen.thing, organ=organ or self._seen.organ)
            self.let_pass = screen().keep(seen, self.verb, self.actor, self.found, self.reasons)


class Reason(CharField):
    """Why a warning may stand. That it is empty is the verb's to say, together with everything else it has to say."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


_PREFIX = "pass_"


def field_of(one: Found) -> str:
    """The name of the form field for the reason."""
    return f"{_PREFIX}{one.print[:24]}"


def only_reasons(refusals: Iterable[Refusal]) -> bool:
    """Whether nothing stands in the way but warnings that want their reason."""
    return all(one.field.startswith(_PREFIX) for one in refusals)


def ask_reasons(form: Any, found: Iterable[Found]) -> dict[str, str]:
    """Give `form` a field for each warning that waits; the names of the fields by the findings' prints."""
    names: dict[str, str] = {}
    for one in found:
        if one.waits:
            names[one.print] = field_of(one)
            # The field template prints hints as markup.
            hint = escape(f"{one.excerpt}　{one.remedy}" if one.excerpt else one.remedy)
            form.fields[field_of(one)] = Reason(label=f"{one.place}：{one.message}。放行理由", max_length=LONGEST, help_text=hint)
    return names


def answered(form: BaseForm, act: Screened[Any]) -> None:
    """Put what the checks find in the words of a valid `form` before the person: a field for each warning, and the
    reasons that came with it into `act`. `form.found` is what the page shows."""
    bound: Any = form
    bound.found = act.look()
    names = ask_reasons(bound, bound.found)
    given = {print_: str(bound.data.get(bound.add_prefix(name), "")).strip() for print_, name in names.items()}
    bound.cleaned_data |= {names[print_]: words for print_, words in given.items()}
    act.reasons = {**act.reasons, **given}


def reason_of(request: HttpRequest) -> str:
    """The one reason for all warnings of a table brought in, as typed on its preview."""
    return request.POST.get("reason", "").strip()[:LONGEST]
