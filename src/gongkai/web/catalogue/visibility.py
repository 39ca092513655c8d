"""Who may see items and what belongs to them.

The public: released items (published and proactive) from their moment of publication on. Staff: what the public sees,
and by role the unpublished items of the organs in their scope, or drafted by a unit in it:

* those who write, review and approve see every stage;
* the supervising office sees everything but drafts in the making: those are the organ's own affair until submitted;
* the officer who answers requests sees what is finished (approved, published, kept, withdrawn), to answer from it;
* auditors and administrators see no unpublished item: the audit log tells them who did what to which title, which is
  what they are there for.

Nothing of other organs that is not public is seen by anybody.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import EVERYTHING, NOTHING, seen_with, visible, who_may_see
from gongkai.web.organs.models import Role
from gongkai.web.organs.scope import organs_in_scope

from .models import (
    Attachment,
    CatalogueEntry,
    ChannelUse,
    CleanupRound,
    CleanupTask,
    Counter,
    EntryImport,
    Interpretation,
    Item,
    ItemVersion,
    OldAddress,
    ProposedInterpretation,
    Stage,
    StandingPage,
    StoredFile,
)

WRITERS = (Role.DRAFTER, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.OGI_OFFICE, Role.APPROVER)
KEEPERS = (Role.OGI_OFFICE, Role.SUPERVISOR)
"""Who reads the list of guides and rules among staff."""
DRAFTS = (Stage.DRAFT, Stage.RETURNED)
FINISHED = (Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT, Stage.WITHDRAWN)


def public_items() -> Q:
    """What anyone sees now."""
    return Q(released=True, published_at__lte=timezone.now())


def _of(actor: Actor, *roles: Role) -> Q:
    """Items whose organ or drafting unit the actor covers with one of `roles`."""
    scope = organs_in_scope(actor, roles)
    return Q(organ__in=scope) | Q(unit__in=scope)


@who_may_see(Item)
def items(actor: Actor) -> Q:
    """The condition this module's docstring tells."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return public_items()
    return (
        public_items()
        | _of(actor, *WRITERS)
        | (_of(actor, Role.SUPERVISOR) & ~Q(stage__in=DRAFTS))
        | (_of(actor, Role.CASE_OFFICER) & Q(stage__in=FINISHED))
    )


for _model in (Attachment, ChannelUse, OldAddress):
    seen_with(_model, "item")


@who_may_see(StoredFile)
def files(actor: Actor) -> Q:
    """Files that hang at an item one may see."""
    if actor.is_operator:
        return EVERYTHING
    return Q(attachments__in=visible(Attachment, actor))


@who_may_see(Interpretation)
def interpretations(actor: Actor) -> Q:
    """Both ends must be visible: a link never tells of a hidden draft."""
    seen = visible(Item, actor).values("pk")
    return Q(policy__in=seen, reading__in=seen)


@who_may_see(ProposedInterpretation)
def proposed(actor: Actor) -> Q:
    """Those who write and review at the interpretation's end, and the office of the policy's organ, which is to decide: that
    it is told of a draft's title is what proposing means."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    writers = organs_in_scope(actor, WRITERS)
    return Q(reading__organ__in=writers) | Q(reading__unit__in=writers) | Q(policy__organ__in=organs_in_scope(actor, (Role.OGI_OFFICE,)))


@who_may_see(ItemVersion)
def versions(actor: Actor) -> Q:
    """Earlier wordings may hold what was corrected or taken out: for those who write and review only."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    scope = organs_in_scope(actor, WRITERS)
    return Q(item__organ__in=scope) | Q(item__unit__in=scope)


@who_may_see(CatalogueEntry)
def entries(actor: Actor) -> Q:
    """The catalogue is public by its nature; entries no longer used, and unlisted organs', are the staff's."""
    if actor.is_operator:
        return EVERYTHING
    public = Q(ended_on=None, organ__listed=True)
    return public if actor.user is None else public | Q(organ__in=organs_in_scope(actor))


@who_may_see(StandingPage)
def standing_pages(actor: Actor) -> Q:
    """Published pages of listed organs; the staff's own besides."""
    if actor.is_operator:
        return EVERYTHING
    public = Q(published=True, organ__listed=True)
    return public if actor.user is None else public | Q(organ__in=organs_in_scope(actor))


@who_may_see(CleanupRound)
def rounds(actor: Actor) -> Q:
    """The organ's own staff and those above; the public learns results from the documents and the announcement."""
    if actor.is_operator:
        return EVERYTHING
    if actor.user is None:
        return NOTHING
    return Q(organ__in=organs_in_scope(actor, (*WRITERS, Role.SUPERVISOR)))


@who_may_see(CleanupTask)
def tasks(actor: Actor) -> Q:
    """With its round; its document is the organ's own and must be visible too."""
    return Q(round__in=visible(CleanupRound, actor).values("pk"), item__in=visible(Item, actor).values("pk"))


@who_may_see(EntryImport)
def imports(actor: Actor) -> Q:
    """One's own uploads."""
    return NOTHING if actor.user is None else Q(user=actor.user)


@who_may_see(Counter)
def counters(actor: Actor) -> Q:
    """Machinery."""
    return EVERYTHING if actor.is_operator else NOTHING
