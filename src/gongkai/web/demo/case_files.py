"""The cases under way in the city (data/cases.toml), read once and checked."""

from __future__ import annotations

from functools import cache

import msgspec

from .data_files import raw


class Paperwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document that a case is about (data/cases.toml says what its lines may hold)."""

    team: str
    title: str
    kind: str
    genre: str
    art20: str
    body: tuple[str, ...]


class Referred(Paperwork, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question put to others after `steps` steps. `answer` empty: it waits; `returned`: the drafter is to follow the answer."""

    steps: int
    to: str
    asked: str
    question: str
    answer: str = ""
    number: str = ""
    text: str = ""
    returned: str = ""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a joint organ (its slug) holds."""

    of: str
    stand: str
    text: str = ""


class Joint(Paperwork, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document of several organs, after `steps` steps, with the opinions recorded so far."""

    others: tuple[str, ...]
    steps: int
    opinions: tuple[Given, ...]


class Emergency(Paperwork, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Published before its review; `reviewed` is what the review held, empty while it waits."""

    reason: str
    reviewed: str = ""


class Turned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kept document of this attribute and ground that gets another, or none (`new` empty)."""

    team: str
    attribute: str
    ground: str = ""
    new: str
    new_ground: str = ""
    why: str
    published: bool = False


class Cases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is under way beside the ordinary round."""

    referral: tuple[Referred, ...]
    joint: tuple[Joint, ...]
    emergency: tuple[Emergency, ...]
    change: tuple[Turned, ...]


@cache
def cases() -> Cases:
    """Questions, joint documents, emergencies, changed attributes."""
    return msgspec.convert(raw("cases.toml"), Cases)
