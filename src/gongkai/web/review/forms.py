"""Forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.forms import ItemField
from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.choices import SeveralChoice
from gongkai.web.house.publishing import ask_reasons
from gongkai.web.organs.forms import day_field
from gongkai.web.organs.models import Organ

from .checks.examine import Finding
from .checks.registry import CHECKS
from .duties import DUTIES
from .models import Answer, CheckLevel, Level, OverdueRule, ReadingRule, ReferredTo, Stand
from .routes import Plan, StepPlan

_REASONS = [("", "不填"), *taxonomy.REASONS.choices]
STEPS = 6


class Asked(forms.CharField):
    """A field people must fill in. That it is empty is the verb's to say, together with everything else it has to say."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


def _words(label: str, *, required: bool = True, most: int = 1000, rows: int = 3, hint: str = "") -> forms.CharField:
    return Asked(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), help_text=hint
    )


class ReasonsForm(forms.Form):
    """A field for each warning that waits for its reason."""

    use_required_attribute = False

    def __init__(self, *args: Any, found: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = ask_reasons(self, found)

    def reasons(self) -> dict[str, str]:
        """By the finding's print."""
        return {mark: self.cleaned_data.get(name, "") for mark, name in self._names.items()}


class SubmitForm(ReasonsForm):
    """Handing in."""

    note = _words("提交说明", required=False, hint="可写明拟定公开属性的考虑。")
    needs_reading = forms.BooleanField(label="须与政策解读同步发布", required=False)


class PublishForm(ReasonsForm):
    """Letting out; `ready` are the interpretations that may go out at the same time."""

    readings = SeveralChoice(
        label="同时发布的解读", queryset=Item.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="与文件在同一时刻公开；有一篇不能发布的，都不发布。",
    )  # fmt: skip
    until = forms.DateTimeField(
        label="定时发布", required=False, help_text="留空为立即发布。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


    def __init__(self, *args: Any, ready: QuerySet[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ready:
            field: Any = self.fields["readings"]
            field.queryset, field.initial = ready, ready
            field.label_from_instance = lambda one: one.title
        else:
            del self.fields["readings"]


class ConfirmForm(forms.Form):
    """Letting it go out first although secrecy or a question stands against it."""

    use_required_attribute = False

    reason = _words("确认理由", most=300, hint="写明为什么现在可以先行发布。不得写入涉密内容。")


class EmergencyForm(ReasonsForm):
    """Letting out first."""

    reason = _words("应急理由", most=300, hint="写明必须先行发布的紧急情况。发布后由另一人在期限内审查。")


class OpinionForm(forms.Form):
    """A reviewer's words."""

    comment = _words("意见", required=False)
    attribute = forms.ChoiceField(
        label="公开属性意见", required=False, choices=[("", "同意拟定属性"), *Attribute.choices],
        help_text="与拟定属性不同的，写明理由，由审签人裁定。",
    )  # fmt: skip
    withheld_under = forms.ChoiceField(label="不主动公开的理由", required=False, choices=_REASONS)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReturnForm(forms.Form):
    """Why it goes back."""

    use_required_attribute = False

    comment = _words("退回的原因和修改要求")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OriginalForm(forms.Form):
    """The document that is passed on."""

    use_required_attribute = False

    source = ItemField(label="平台上的原件", required=False, help_text="填索引号、文号或永久编号；标题、制作机关和公开属性随之取得。")
    original_title = Asked(label="原件标题", required=False, max_length=300, help_text="原件不在平台上的，填写以下各项。")
    maker = Asked(label="制作机关", required=False, max_length=200, help_text="写机关全称。")
    number = forms.CharField(label="原件文号", required=False, max_length=80)
    attribute = forms.ChoiceField(label="原件公开属性", required=False, choices=[("", "未认定或不明"), *Attribute.choices])
    withheld_under = forms.ChoiceField(label="原件不主动公开的理由", required=False, choices=_REASONS)
    decided = Asked(label="由谁认定、依据", required=False, max_length=300, help_text="例如：版记标注“此件依申请公开”；制作机关2026年3月2日来函。")
    adopt = forms.BooleanField(label="按原件的公开属性拟定本件的公开属性", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].actor = actor  # type: ignore[attr-defined]


class ReferForm(forms.Form):
    """Asking others."""

    use_required_attribute = False

    to = forms.ChoiceField(label="报请对象", choices=ReferredTo.choices, widget=forms.RadioSelect)
    body = Asked(label="报请机关名称", max_length=100, help_text="写机关全称。")
    question = _words("报请确定的问题", hint="写明哪些内容不能确定是否可以公开、理由和本机关的倾向性意见。不得写入涉密内容。")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AnswerForm(forms.Form):
    """What they said."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label="答复结论", choices=Answer.choices, widget=forms.RadioSelect,
        help_text="答复部分可以公开的，退回起草人区分处理后再报审；不得公开的，退回修改或改为不予公开。",
    )  # fmt: skip
    on = day_field("答复日期")
    number = forms.CharField(label="答复文号", max_length=60, required=False, help_text="没有文号的留空。")
    text = _words("答复内容", hint="不得写入涉密内容。")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class JointForm(forms.Form):
    """What one of the joint `organs` holds."""

    use_required_attribute = False

    organ = forms.ModelChoiceField(label="联合发文机关", queryset=Organ.objects.none())
    stand = forms.ChoiceField(label="意见", choices=Stand.choices, widget=forms.RadioSelect)
    on = day_field("意见日期")
    text = _words("意见内容", required=False, hint="有不同意见的必须填写，由主办机关审签人裁定。")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organ"]
        field.queryset = organs


class ReasonForm(forms.Form):
    """One reason."""

    use_required_attribute = False

    reason = _words("撤下理由", most=300)


class EmergencyReviewForm(forms.Form):
    """The verdict afterwards."""

    use_required_attribute = False

    keep = forms.ChoiceField(
        label="审查结论", choices=[("yes", "维持公开"), ("no", "不应公开，立即撤下")], widget=forms.RadioSelect
    )
    comment = _words("审查意见", most=300)


class AttributeForm(forms.Form):
    """Another attribute."""

    use_required_attribute = False

    attribute = forms.ChoiceField(label="公开属性", choices=Attribute.choices)
    withheld_under = forms.ChoiceField(label="不主动公开的理由", required=False, choices=_REASONS)
    why = _words("评估意见", most=500)
    next_on = day_field("下次评估", required=False)


class ReassessForm(forms.Form):
    """The same, until a day."""

    use_required_attribute = False

    on = day_field("下次评估")
    why = _words("维持原公开属性的评估意见", most=500)


class RouteForm(forms.Form):
    """The steps (up to STEPS), and the level of every check."""

    distinct_people = forms.BooleanField(label="同一人不得办理两个环节", required=False)
    emergency_days = forms.IntegerField(label="应急发布事后审查期限（工作日）", min_value=1, max_value=20)
    overdue_rule = forms.ChoiceField(label="应急发布逾期未审查", choices=OverdueRule.choices)
    near_days = forms.IntegerField(label="临近公开期限提醒（工作日）", min_value=0, max_value=19)
    reassess_months = forms.IntegerField(label="不主动公开信息重新评估周期（月）", min_value=1, max_value=60)
    reading_rule = forms.ChoiceField(label="政策解读同步", choices=ReadingRule.choices)

    def __init__(self, *args: Any, plan: Plan, organ: Organ, **kwargs: Any) -> None:
        own = dict(CheckLevel.objects.filter(organ=organ).values_list("check_key", "level"))
        kwargs["initial"] = _initial(plan, own)
        super().__init__(*args, **kwargs)
        for number in range(1, STEPS + 1):
            self.fields[f"name_{number}"] = forms.CharField(label=f"环节{number}", max_length=40, required=False)
            self.fields[f"duties_{number}"] = forms.MultipleChoiceField(
                label=f"环节{number}的职责", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(duty.key, duty.title) for duty in DUTIES],
            )  # fmt: skip
        for check in CHECKS.values():
            usual = Level(check.level).label
            self.fields[f"level_{check.key}"] = forms.ChoiceField(
                label=check.title, required=False, choices=[("", f"按上级或默认（{usual}）"), *Level.choices]
            )

    def plan(self) -> Plan:
        """The steps that were named."""
        got = self.cleaned_data
        steps = [
            StepPlan(got[f"name_{number}"], tuple(got[f"duties_{number}"]))
            for number in range(1, STEPS + 1)
            if got[f"name_{number}"] or got[f"duties_{number}"]
        ]
        return Plan(
            tuple(steps), got["distinct_people"], got["emergency_days"], ReadingRule(got["reading_rule"]), got["near_days"],
            got["reassess_months"], OverdueRule(got["overdue_rule"]),
        )

    def levels(self) -> dict[str, str]:
        """The organ's own levels."""
        return {key: level for key in CHECKS if (level := self.cleaned_data[f"level_{key}"])}

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields as the page shows them."""
        return {
            "general": [self[name] for name in ("distinct_people", "emergency_days", "overdue_rule", "near_days", "reassess_months", "reading_rule")],
            "steps": [self[f"{part}_{number}"] for number in range(1, STEPS + 1) for part in ("name", "duties")],
            "levels": [self[f"level_{key}"] for key in CHECKS],
        }


def _initial(plan: Plan, own: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "distinct_people": plan.distinct_people, "emergency_days": plan.emergency_days, "near_days": plan.near_days,
        "reading_rule": plan.reading_rule, "reassess_months": plan.reassess_months, "overdue_rule": plan.overdue_rule,
    }  # fmt: skip
    for number, step in enumerate(plan.steps, 1):
        found |= {f"name_{number}": step.name, f"duties_{number}": list(step.duties)}
    return found | {f"level_{key}": level for key, level in own.items()}
