"""Guesses at a password or a code, counted before they are judged, so that tries at the same time can't outrun the count.

One name from one address has few, an address has some for all names together, and a name has some from all places its
owner is not known at. A browser that its owner signed in with has its own few and needs none of the others, so nobody
who guesses from elsewhere shuts the owner out (ADR 0117). Counted are keyed hashes: the table tells no name, no address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.web.house.address import client_address, household
from gongkai.web.house.moments import ahead

from . import known
from .models import Attempts

T = TypeVar("T")
SWEPT_AT_ONCE = 200


class TooMany(Exception):  # noqa: N818 - a state of things, like Refused
    """No more for `seconds`. The gate answers with a page that says so."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many attempts, again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Bucket:
    """At most `most` wrong ones; forgotten when there was none for `seconds`."""

    key: str
    most: int
    seconds: int

    @classmethod
    def of(cls, kind: str, *parts: str) -> Bucket:
        """Of a kind in settings.ATTEMPT_LIMITS."""
        digest = salted_hmac("gongkai.attempts", "\0".join((kind, *parts)), algorithm="sha256").hexdigest()
        return cls(digest, *settings.ATTEMPT_LIMITS[kind])


@dataclass
class Guess:
    """One try. `own` counts the person at this place, `shared` is given back what `own` had when the try was right."""

    own: Bucket
    shared: tuple[Bucket, ...] = ()
    last: bool = field(default=False, init=False)
    """Whether this was the last one for now."""

    def judge(self, check: Callable[[], T], when_last: Callable[[], None] = lambda: None) -> T:
        """What `check` says of it, asked only while there are tries left (else TooMany). `when_last`: it was wrong, and
        there are none left now."""
        self.begin()
        found = check()
        if found:
            self.right()
        elif self.last:
            when_last()
        return found

    def begin(self) -> None:
        """Take a try out of every bucket, or raise TooMany and take none."""
        now = timezone.now()
        with transaction.atomic():
            rows = self._locked()
            full = [one.until - now for one, bucket in rows if _counts(one, bucket, now) and one.count >= bucket.most]
            if full:
                raise TooMany(int(max(full).total_seconds()) + 1)
            for one, bucket in rows:
                one.count = one.count + 1 if _counts(one, bucket, now) else 1
                one.until = now + timedelta(seconds=bucket.seconds)
                self.last = self.last or one.count >= bucket.most
            Attempts.objects.bulk_update([one for one, _ in rows], ["count", "until"])

    def right(self) -> None:
        """It was no guess: forget the slips of this person here, in the shared counts too."""
        with transaction.atomic():
            rows = self._locked()
            slips = next(one.count for one, bucket in rows if bucket == self.own)
            for one, _ in rows:
                one.count = max(0, one.count - slips)
            Attempts.objects.bulk_update([one for one, _ in rows], ["count"])
        _sweep()

    def _locked(self) -> list[tuple[Attempts, Bucket]]:
        """The rows, made where there are none, locked in one order whoever asks."""
        buckets = {one.key: one for one in sorted((self.own, *self.shared), key=lambda one: one.key)}
        Attempts.objects.bulk_create([Attempts(key=key) for key in buckets], ignore_conflicts=True)
        rows = Attempts.objects.select_for_update().filter(key__in=list(buckets)).order_by("key")
        return [(row, buckets[row.key]) for row in rows]


def _counts(one: Attempts, bucket: Bucket, now: datetime) -> bool:
    """Whether what was counted still holds. Further off than a bucket's own time lies only what a clock ahead has noted."""
    return one.until > now and not ahead(one.until, now + timedelta(seconds=bucket.seconds))


def guess(what: str, username: str, request: HttpRequest | None) -> Guess:
    """A try at `what` (password, code) of `username`."""
    device = known.device(request, username)
    if device:
        return Guess(Bucket.of("device", what, username, device))
    address = household(client_address(request) if request is not None else "")
    own, of_address = Bucket.of("place", what, username, address), Bucket.of("address", what, address)
    if known.address(username, address):
        return Guess(own, (of_address,))
    return Guess(own, (of_address, Bucket.of("account", what, username)))


def own_password(username: str) -> Guess:
    """A try at one's own old password by somebody signed in."""
    return Guess(Bucket.of("device", "old password", username))


def _sweep() -> None:
    """Forget what is over for a day. Rows that somebody has locked are left for another time."""
    over = Attempts.objects.filter(until__lt=timezone.now() - timedelta(days=1))
    with transaction.atomic():
        free = over.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        Attempts.objects.filter(pk__in=[one.pk for one in free[:SWEPT_AT_ONCE]]).delete()
