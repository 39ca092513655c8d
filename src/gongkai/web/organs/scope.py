"""Scopes: which organs a person's posts cover. A post covers its organ and everything below."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.web.house.actor import Actor

from .models import Organ, Post, Role, Within
from .models.post import SECOND_FACTOR_ROLES, in_force


def posts_of(actor: Actor, roles: Iterable[Role] | None = None) -> QuerySet[Post]:
    """The posts in force of the actor, optionally of some roles only."""
    if actor.user is None:
        return Post.objects.none()
    posts = Post.objects.filter(in_force(), user=actor.user, user__is_active=True)
    return posts if roles is None else posts.filter(role__in=list(roles))


def organs_in_scope(actor: Actor, roles: Iterable[Role] | None = None) -> QuerySet[Organ, int]:
    """Ids of the organs that the actor's posts (of `roles`) cover, as a subquery for `organ__in=`."""
    covered = Within.objects.filter(high__in=posts_of(actor, roles).values("organ")).values("low")
    return Organ.objects.filter(pk__in=covered).values_list("pk", flat=True)


def holds(actor: Actor, organ: Organ | None, roles: Iterable[Role]) -> bool:
    """Whether the actor has one of `roles` over `organ` (None: over any organ)."""
    posts = posts_of(actor, roles)
    if organ is not None:
        posts = posts.filter(organ__above__low=organ)
    return posts.exists()


def needs_second_factor(actor: Actor) -> bool:
    """Reviewers and above sign in with a second factor."""
    return posts_of(actor, SECOND_FACTOR_ROLES).exists()
