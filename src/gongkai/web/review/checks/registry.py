"""Every check there is, as data, and the level it has for an organ."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

import msgspec
from django.core.exceptions import ImproperlyConfigured

from gongkai.web.organs.models import Organ
from gongkai.web.review.models import CheckLevel, Level


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of checks.toml. `always`: an organ may make it stricter, never leave it out."""

    key: str
    title: str
    level: str
    remedy: str
    basis: str = ""
    always: bool = False


def _load() -> dict[str, Check]:
    raw = tomllib.loads((files(__package__) / "checks.toml").read_text("utf-8"))
    found = {one.key: one for one in msgspec.convert(raw["check"], list[Check])}
    if len(found) != len(raw["check"]) or any(one.level not in Level.values for one in found.values()):
        raise ImproperlyConfigured("检查项目表中有重复的代码或不认识的处理方式。")
    return found


CHECKS: Mapping[str, Check] = _load()


def levels_for(organ: Organ) -> dict[str, Level]:
    """The level of every check for `organ`: its own, else the nearest one's above it, else the default."""
    found = {key: Level(check.level) for key, check in CHECKS.items()}
    if organ.pk is None:  # the first region, before it stands anywhere
        return found
    own = CheckLevel.objects.filter(organ__above__low=organ).order_by("-organ__above__depth")
    # Farthest first: the nearest overwrites. A key that checks.toml no longer has is history.
    found |= {one.check_key: Level(one.level) for one in own if one.check_key in CHECKS}
    return found
