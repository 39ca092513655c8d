"""Policies and their interpretations go out together (国办发〔2016〕61号: 同步组织、同步审签、同步部署)."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from gongkai.web.catalogue.models import Item, Stage

from .checks.examine import Finding
from .checks.registry import CHECKS
from .models import Level, PassedOver, ReadingRule
from .rounds import last_round
from .routes import plan_for

READY = (Stage.APPROVED, Stage.PUBLISHED)


def lacks_reading(item: Item) -> bool:
    """Whether it was marked as needing a reading and none that is linked is approved or out."""
    last = last_round(item)
    if last is None or not last.needs_reading:
        return False
    return not item.readings.filter(reading__stage__in=READY).exists()


def reading_findings(item: Item) -> list[Finding]:
    """A warning, or a block, as the organ's route says."""
    rule = plan_for(item.organ).reading_rule
    if rule == ReadingRule.OFF or not lacks_reading(item):
        return []
    print_ = salted_hmac("gongkai.review.finding", f"no_reading\0{item.pk}", algorithm="sha256").hexdigest()
    waiting = item.readings.select_related("reading").first()
    words = f"解读《{waiting.reading.title}》还没有审签" if waiting is not None else "还没有关联解读材料"
    level = Level.BLOCK if rule == ReadingRule.BLOCK else Level.WARN
    passed = PassedOver.objects.filter(item=item, print=print_).select_related("by").first()
    return [Finding(CHECKS["no_reading"], level, words, "政策解读", "", print_, passed)]
