"""How an item stands in a list."""

from __future__ import annotations

from django.utils.safestring import SafeString

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.models.stages import Validity
from gongkai.web.catalogue.taxonomy import KINDS
from gongkai.web.house.templatetags.house import badge

BADGES = {Validity.IN_FORCE: "ok", Validity.AMENDED: "info", Validity.EXPIRED: "gone", Validity.REPEALED: "gone"}


def kind_title(item: Item) -> str:
    """行政规范性文件."""
    return KINDS.title(item.kind)


def validity_badge(item: Item) -> SafeString | str:
    """现行有效 and so on, today; nothing where validity does not apply."""
    state = item.validity_on()
    return badge(str(state.label), BADGES[state]) if state in BADGES else ""
