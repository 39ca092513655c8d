"""Policies and their interpretations go out together (国办发〔2016〕61号: 同步组织、同步审签、同步部署)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.titles import quoted

from .checks.examine import Finding
from .checks.registry import CHECKS
from .models import Level, PassedOver, ReadingRule
from .rounds import last_round
from .routes import plan_for


def ready_readings(item: Item) -> QuerySet[Item]:
    """The interpretations of `item` that are approved and wait to go out."""
    return Item.objects.filter(read_policies__policy=item, stage=Stage.APPROVED).order_by("pk")


def reading_findings(item: Item, going: Collection[Item] = ()) -> list[Finding]:
    """What parts a policy from its interpretation, with `going` those published in the same act. A warning; for a policy
    without its interpretation also a block, as the organ's route says."""
    rule = plan_for(item.organ).reading_rule
    if rule == ReadingRule.OFF:
        return []
    found = []
    if words := _lacking(item, going):
        found.append(_finding(item, "no_reading", words, Level.BLOCK if rule == ReadingRule.BLOCK else Level.WARN))
    if words := _too_early(item):
        found.append(_finding(item, "policy_first", words, Level.WARN))
    return found


def _lacking(item: Item, going: Collection[Item]) -> str:
    """Why a policy marked as needing an interpretation would go out without one; empty when it would not."""
    last = last_round(item)
    if last is None or not last.needs_reading or going or item.readings.filter(reading__stage=Stage.PUBLISHED).exists():
        return ""
    waiting = item.readings.select_related("reading").first()
    if waiting is None:
        return "还没有关联解读材料"
    title = waiting.reading.title
    return f"解读{quoted(title)}已审签，没有选择同时发布" if waiting.reading.stage == Stage.APPROVED else f"解读{quoted(title)}还没有审签"


def _too_early(item: Item) -> str:
    """Why an interpretation would go out before what it reads; empty when it reads nothing or some of it is out."""
    links = item.read_policies.select_related("policy")
    if any(link.policy.stage == Stage.PUBLISHED for link in links) or not links:
        return ""
    return f"被解读的{quoted(links[0].policy.title)}还没有发布"


def _finding(item: Item, key: str, words: str, level: Level) -> Finding:
    print_ = salted_hmac("gongkai.review.finding", f"{key}\0{item.pk}", algorithm="sha256").hexdigest()
    passed = PassedOver.objects.filter(item=item, print=print_).select_related("by").first()
    return Finding(CHECKS[key], level, words, "政策解读", "", print_, passed)
