"""Which buttons a person sees: each asks the rules of its verb."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.web.house.actor import Actor
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole, Open


@dataclass(frozen=True, slots=True)
class Button:
    """A link to a verb's page."""

    title: str
    address: str


def buttons_for(actor: Actor, organ: Organ | None) -> list[Button]:
    """The acts open to `actor` on `organ` (None: on organs at large)."""
    if HasRole(organ, (Role.ADMIN,), "管理").refuse(actor) is not None:
        if organ is not None and HasRole(organ, (Role.OGI_OFFICE,), "管理").refuse(actor) is None:
            return [Button("修改工作机构", reverse("organs:office", args=[organ.slug]))]
        return []
    if organ is None:
        return [Button("导入机关", reverse("organs:import"))]
    acts = [("修改信息", "organs:revise")]
    if Open(organ, "管理").refuse(actor) is None:
        acts += [
            ("修改工作机构", "organs:office"), ("新建下级", "organs:create"), ("更名", "organs:rename"),
            ("隶属调整", "organs:move"), ("终止", "organs:close"),
        ]  # fmt: skip
    return [Button(title, reverse(view, args=[organ.slug])) for title, view in acts]
