"""The organs of a region, as its first page gathers them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.catalogue.published import published_items
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind, Organ, Type

from .column import PUBLIC
from .counts import by

GROUPS = (
    ("政府和政府办公机构", (Type.GOVERNMENT, Type.OFFICE)),
    ("政府部门", (Type.DEPARTMENT, Type.DIRECT, Type.VERTICAL)),
    ("派出机关、乡镇和街道", (Type.DISPATCHED_OFFICE, Type.TOWNSHIP)),
    ("法律、法规授权的组织和公共企事业单位", (Type.AUTHORISED, Type.PUBLIC_ENTERPRISE, Type.NONE)),
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """`groups` are (title, [(organ, its public items)]); `regions` the regions below."""

    groups: list[tuple[str, list[tuple[Organ, int]]]]
    regions: list[Organ]
    organs: int


def gathered(region: Organ) -> Gathered:
    """The organs directly in `region`, grouped, each with its count."""
    below = list(visible(Organ, PUBLIC).filter(parent=region, listed=True, closed_on=None).order_by("order", "slug"))
    own = [organ for organ in below if organ.kind != Kind.REGION]
    found = by(published_items().filter(organ__in=[organ.pk for organ in own]), "organ")
    groups = [(title, [(organ, found.get(organ.pk, 0)) for organ in own if organ.type in types]) for title, types in GROUPS]
    regions = [organ for organ in below if organ.kind == Kind.REGION]
    return Gathered([group for group in groups if group[1]], regions, len(own))
