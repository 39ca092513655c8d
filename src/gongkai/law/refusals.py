"""What the law has against an act, in words with the article (``data/acts.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.events import Event, words


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not allowed: a code of ``data/acts.toml``, the date it turns on, a number of working days."""

    code: str
    on: date | None = None
    days: int | None = None

    @property
    def text(self) -> str:
        return str(words()["refusal"][self.code]["text"]).format(date=self.on, days=self.days)

    @property
    def article(self) -> str:
        return str(words()["refusal"][self.code]["article"])

    @property
    def voids(self) -> bool:
        """Whether an act done all the same moves nothing; closing a request too early still closes it."""
        return bool(words()["refusal"][self.code].get("voids", True))


@dataclass(frozen=True, slots=True)
class Irregularity:
    """An act in the history that the law does not allow. ``void`` when it moved nothing."""

    event: Event
    refusal: Refusal
    void: bool

    @property
    def text(self) -> str:
        effect = "，不产生效力" if self.void else ""
        return (f"{self.event.on}的“{self.event.kind.label}”不合规定{effect}："
                f"{self.refusal.text}（{self.refusal.article}）。")  # fmt: skip
