"""Who makes documents in the city: the organs, what they deal with, and how much they publish."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.organs.models import Kind, Level, Organ, Type

from .city import CITY, COUNTIES
from .data_files import Portfolio, portfolios

# The place's word at the head of a 文号.
_WORDS = {CITY[1]: "望"} | {name: name[0] for _, name, _ in COUNTIES}
# How much an organ publishes beside others.
_SHARE = {
    Type.GOVERNMENT: 9, Type.OFFICE: 7, Type.DEPARTMENT: 6, Type.DISPATCHED_OFFICE: 6, Type.TOWNSHIP: 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Author:
    """`place` is where it governs, `short` the name in its titles, `scale` whose places its tables list."""

    organ: Organ
    place: str
    region: Organ
    portfolio: Portfolio
    scale: str
    share: int
    phone: str
    address: str

    @property
    def level(self) -> int:
        """The level of the tree."""
        return int(self.organ.level)

    def number_word(self, sort: str) -> str:
        """The word of its 文号 of this sort: 望政发, 东教规."""
        return _WORDS[self.region.name] + self.portfolio.word + {"plain": "发"}.get(sort, sort)


def authors() -> list[Author]:
    """Every organ that publishes, in the order of the tree."""
    found = []
    organs = (
        Organ.objects.filter(kind=Kind.ORGAN, listed=True).select_related("parent", "office").order_by("pk")
    )
    for organ in organs:
        region = organ.parent
        assert region is not None
        found.append(_author(organ, region))
    return found


def _author(organ: Organ, region: Organ) -> Author:
    last = organ.slug.rsplit("-", 1)[1]
    township = organ.level == Level.TOWNSHIP
    key = ("street" if "街道" in organ.name else "town") if township else last
    place = (
        organ.name.removesuffix("人民政府").removesuffix("办事处").removeprefix(region.name)
        if township
        else region.name
    )
    scale = "village" if township else "county" if organ.level == Level.COUNTY else "city"
    share = _SHARE[Type(organ.type)] * (2 if organ.level == Level.CITY else 1)
    return Author(
        organ, place, region, portfolios()[key], scale, share, organ.office.phone, organ.office.address
    )
