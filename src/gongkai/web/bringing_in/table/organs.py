"""Organs by the words a table may use for them."""

from __future__ import annotations

from gongkai.web.organs.models import Organ

from .columns import BadCell


class Directory:
    """Every open organ under its slug, its name and its short name; read once a run."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[Organ]] = {}
        for organ in Organ.objects.filter(closed_on=None):
            for word in {organ.slug, organ.name, organ.short_name} - {""}:
                self._by_word.setdefault(word, []).append(organ)

    def find(self, word: str) -> Organ:
        """The one organ called so. Raises BadCell."""
        found = self._by_word.get(word, [])
        if not found:
            raise BadCell(f"没有名为“{word}”的机关。请用机构名录中的代号或全称")
        if len(found) > 1:
            slugs = "、".join(organ.slug for organ in found)
            raise BadCell(f"名为“{word}”的机关不止一个。请改用代号：{slugs}")
        return found[0]
