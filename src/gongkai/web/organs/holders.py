"""Who could do a thing instead: the people who hold the posts it takes, the nearest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongkai.web.accounts.models import User

from .models import Organ, Post, Role
from .models.post import in_force

NAMED = 3


@dataclass(frozen=True, slots=True)
class Need:
    """One of `roles`, over `organ`."""

    organ: Organ
    roles: tuple[Role, ...]

    @property
    def words(self) -> str:
        """As people say it."""
        return "或".join(f"“{role.label}”" for role in self.roles)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who meets every need, and the farthest of the organs of the posts that takes. `far` is 0 at the organ itself."""

    user: User
    organ: Organ
    far: int


def holders(needs: Iterable[Need], without: Collection[int] = ()) -> list[Holder]:
    """Everybody who meets all of `needs` by posts in force, the nearest first. Two queries for each need at most."""
    found: dict[int, Holder] | None = None
    for need in needs:
        met = _meeting(need, without)
        found = met if found is None else {
            pk: max(found[pk], one, key=lambda holder: holder.far) for pk, one in met.items() if pk in found
        }  # fmt: skip
    return sorted((found or {}).values(), key=lambda holder: (holder.far, holder.user.pk))


def _meeting(need: Need, without: Collection[int]) -> dict[int, Holder]:
    far = dict(need.organ.below.values_list("high_id", "depth"))
    posts = (
        Post.objects.filter(in_force(), organ__in=far, role__in=need.roles, user__is_active=True)
        .exclude(user__in=without).select_related("user", "organ")
    )  # fmt: skip
    met: dict[int, Holder] = {}
    for post in sorted(posts, key=lambda post: -far[post.organ_id]):
        met[post.user_id] = Holder(post.user, post.organ, far[post.organ_id])
    return met


def superiors(organ: Organ, needs: Iterable[Need], without: Collection[int] = ()) -> list[Holder]:
    """Of those, the nearest whose posts reach above `organ`."""
    found = [one for one in holders(needs, without) if one.organ.pk in _above(organ)]
    return [one for one in found if one.far == found[0].far]


def turn_to(organ: Organ, needs: tuple[Need, ...], without: Collection[int]) -> str:
    """The remedy in words: colleagues of `organ` (its units included); where there is none, whoever above it may."""
    posts = "、".join(dict.fromkeys(need.words for need in needs))
    own = [one for one in holders(needs, without) if one.organ.pk not in _above(organ)]
    if own:
        return f"请转{_list(one.user.name for one in own)}办理。"
    if above := superiors(organ, needs, without):
        return f"{organ.name}没有其他人任{posts}，请转上级{named(above)}办理。"
    return f"{organ.name}及其上级没有其他人任{posts}，请管理员任用。"


def named(people: list[Holder]) -> str:
    """The first of them, with their organs."""
    return _list(f"{one.organ.name}{one.user.name}" for one in people)


def _above(organ: Organ) -> set[int]:
    return set(organ.below.filter(depth__gt=0).values_list("high_id", flat=True))


def _list(names: Iterable[str]) -> str:
    words = list(names)
    return "、".join(words[:NAMED]) + ("等" if len(words) > NAMED else "")
