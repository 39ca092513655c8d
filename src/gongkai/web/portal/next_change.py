"""The first moment at which time alone changes the page of a public item."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, F, Func, OuterRef, QuerySet, Subquery
from django.utils import timezone

from gongkai.web.catalogue.models import Interpretation, Item

from .compiled import Compiled, moment_of

# A function, not an aggregate: of all rows, without grouping.
_FIRST = Func("at", function="MIN", output_field=DateTimeField())


def next_change(number: int, now: datetime) -> datetime | None:
    """After `now`: something linked comes out of its embargo, or the term of the document has run out. None: never."""
    row = _coming.row(number)
    if row is None:
        return None
    expires_on, changed_by, *embargoes = row
    moments = [moment_of(changed_by), *(moment_of(one) for one in embargoes)]
    if expires_on:
        moments.append(timezone.make_aware(datetime.combine(expires_on + timedelta(days=1), time.min)))
    return min((one for one in moments if one is not None and one > now), default=None)


def _of_number(number: int) -> QuerySet[Item]:
    """Whether or not those are released: an hour too early is a page made once more, an hour too late would be wrong."""
    own, after = OuterRef("pk"), timezone.now()
    readings = Interpretation.objects.filter(policy=own, reading__published_at__gt=after).order_by().annotate(at=F("reading__published_at"))
    policies = Interpretation.objects.filter(reading=own, policy__published_at__gt=after).order_by().annotate(at=F("policy__published_at"))
    ended = Item.objects.filter(validity_by=own, published_at__gt=after).order_by().annotate(at=F("published_at"))
    first = [Subquery(one.values(first=_FIRST)) for one in (readings, policies, ended)]
    values = dict(zip(("reading_at", "policy_at", "ended_at"), first, strict=True))
    return (
        Item.objects.filter(number=number).order_by().annotate(**values)
        .values_list("expires_on", "validity_by__published_at", "reading_at", "policy_at", "ended_at")  # type: ignore[return-value]
    )  # fmt: skip


_coming = Compiled(_of_number)
