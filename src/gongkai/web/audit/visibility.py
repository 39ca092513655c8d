"""Who may see the audit log: auditors and administrators, for the organs of their posts."""

from django.db.models import Q

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, who_may_see
from gongkai.web.organs.models import Role
from gongkai.web.organs.scope import organs_in_scope

from .models import AuditEvent

READERS = (Role.AUDITOR, Role.ADMIN)


@who_may_see(AuditEvent)
def audit_readers(actor: Actor) -> Q:
    """Events of organs in scope, and the sign-ins and settings of the people who hold posts there."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    organs = organs_in_scope(actor, READERS)
    return Q(organ__in=organs) | Q(
        organ__isnull=True, actor__posts__organ__in=organs, actor__posts__ended_on__isnull=True
    )
