"""Who may see accounts: oneself, and whoever administers or audits an organ where the person holds a post."""

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, who_may_see
from gongkai.web.organs.models import Role
from gongkai.web.organs.scope import organs_in_scope

from .models import Attempts, Authenticator, KnownAddress, RecoveryCode, StaffSession, User

KEEPERS = (Role.ADMIN, Role.AUDITOR)


@who_may_see(User)
def users(actor: Actor) -> Q:
    """Oneself; people with a post (past or present) in the scope of an administrator or auditor."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    from gongkai.web.organs.models import Post

    held = Post.objects.filter(organ__in=organs_in_scope(actor, KEEPERS)).values("user")
    return Q(pk=actor.user.pk) | Q(pk__in=held)


@who_may_see(Authenticator)
@who_may_see(RecoveryCode)
@who_may_see(StaffSession)
def own_only(actor: Actor) -> Q:
    """Keys and sessions are one's own business."""
    return NOTHING if actor.user is None else Q(user=actor.user)


@who_may_see(Attempts)
@who_may_see(KnownAddress)
def nobody(actor: Actor) -> Q:
    """Keyed hashes, for the counting alone."""
    return NOTHING
