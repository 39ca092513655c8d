"""Review and publication."""

from django.apps import AppConfig
from django.db import models
from django.db.models.signals import post_migrate


class ReviewConfig(AppConfig):
    """From the draft to the public, through the hands that the Regulation asks for."""

    name = "gongkai.web.review"
    label = "review"

    def ready(self) -> None:
        """Register visibility, verbs, tabs and piles."""
        from gongkai.web.audit.words import add_values, add_words
        from gongkai.web.catalogue.versions import add_part
        from gongkai.web.house.publishing import set_screen
        from gongkai.web.house.shell import Tab, add_tab

        from . import actions, desk, piles, visibility  # noqa: F401 - they register themselves
        from .escalating import take_up
        from .models import Answer, OverdueRule, ReferredTo, Stand
        from .originals import words_of
        from .screen import Checks

        set_screen(Checks())
        add_part("original", "转发原件", words_of)

        post_migrate.connect(take_up, sender=self)

        add_tab(Tab("审核发布", "review:worklist", "/staff/review", 12))
        add_words({
            "step": "环节", "comment": "意见", "attribute": "公开属性", "withheld_under": "不主动公开的理由",
            "findings": "检查结果", "passed_over": "放行的提醒", "round": "轮次", "until": "定时发布",
            "due_on": "期限", "kept": "维持公开", "next_on": "下次评估", "distinct_people": "同一人不得办理两个环节",
            "steps": "环节", "levels": "检查设置", "settled": "意见分歧的裁定", "referred_to": "报请对象", "body": "报请机关名称",
            "question": "报请确定的问题", "answer": "答复结论", "answer_text": "答复内容", "answer_number": "答复文号", "stand": "意见结论",
            "original": "转发原件", "decided_by": "原件认定情况", "adopted": "按原件拟定",
            "objections": "未了结的意见", "confirmed_by": "确认人", "escalated_to": "报送", "withdrawn": "自动撤下", "overdue_rule": "应急发布逾期未审查",
        })  # fmt: skip
        add_values({"referred_to": _titles(ReferredTo), "answer": _titles(Answer), "stand": _titles(Stand), "overdue_rule": _titles(OverdueRule)})


def _titles(choices: type[models.TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}
