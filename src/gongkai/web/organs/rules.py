"""Rules about posts: who has which role over which organ."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.accounts.models import User
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refusal

from .models import Organ, Post, Role
from .models.post import in_force
from .scope import holds, organs_in_scope, posts_of


@dataclass(frozen=True, slots=True)
class HasRole:
    """The actor holds one of `roles` over `organ` or something above it. The operator passes."""

    organ: Organ | None
    roles: tuple[Role, ...]
    act: str
    id = "has_role"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Name the roles that would do, and where."""
        if actor.is_operator or holds(actor, self.organ, self.roles):
            return None
        wanted = "或".join(f"“{role.label}”" for role in self.roles)
        where = f"在{self.organ.name}或其上级" if self.organ is not None else ""
        return Refusal(self.id, f"{self.act}需要{where}任{wanted}。请由有此角色的人员办理，或请管理员任用。")


@dataclass(frozen=True, slots=True)
class InScope:
    """The actor holds any post over `organ`."""

    organ: Organ
    act: str
    id = "in_scope"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Organs outside one's scope are somebody else's."""
        if actor.is_operator or posts_of(actor).filter(organ__above__low=self.organ).exists():
            return None
        return Refusal(self.id, f"{self.organ.name}不在您的任职范围内，不能{self.act}。请由该机关人员办理。")


@dataclass(frozen=True, slots=True)
class Open:
    """The organ has not been merged or abolished."""

    organ: Organ
    act: str
    id = "open"

    def refuse(self, actor: Actor) -> Refusal | None:
        """A closed organ is history."""
        if self.organ.closed_on is None:
            return None
        day = f"{self.organ.closed_on.year}年{self.organ.closed_on.month}月{self.organ.closed_on.day}日"
        return Refusal(self.id, f"{self.organ.name}已于{day}终止，不能{self.act}。请在承接其职能的机关办理。")


@dataclass(frozen=True, slots=True)
class AdministersPerson:
    """The actor administers every organ where the person holds a post: a county cannot reset the city's people."""

    user: User
    act: str
    id = "administers_person"

    def refuse(self, actor: Actor) -> Refusal | None:
        """Name the first organ outside."""
        if actor.is_operator:
            return None
        posts = Post.objects.filter(in_force(), user=self.user)
        outside = (
            posts.exclude(organ__in=organs_in_scope(actor, (Role.ADMIN,))).select_related("organ").first()
        )
        if outside is None and (posts.exists() or self._used_to_be_mine(actor)):
            return None
        where = outside.organ.name if outside else "其原任职机关"
        return Refusal(self.id, f"{self.user.name}在{where}任职，{self.act}须由该机关或其上级的管理员办理。")

    def _used_to_be_mine(self, actor: Actor) -> bool:
        return Post.objects.filter(user=self.user, organ__in=organs_in_scope(actor, (Role.ADMIN,))).exists()
