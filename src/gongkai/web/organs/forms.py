"""Forms of the room of organs. What is allowed is the verbs' matter; forms only read what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.house.choices import SeveralChoice

from .models import ChangeKind, Kind, Office, Organ, Role
from .models.post import today


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A date, typed or picked."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class OrganChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Organs with their place, so that namesakes can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        """清河市水务局（qh-swj）"""
        return f"{obj.name}（{obj.slug}）"


class OrgansChoice(SeveralChoice):
    """Several organs."""

    def label_from_instance(self, obj: Any) -> str:
        """The same words as OrganChoice."""
        return f"{obj.name}（{obj.slug}）"


class AliasesMixin(forms.Form):
    """Other names, one a line."""

    aliases = forms.CharField(
        label="别名", required=False, help_text="每行一个，供检索和识别报告时使用。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean_aliases(self) -> tuple[str, ...]:
        """The lines that say something."""
        text: str = self.cleaned_data["aliases"]
        return tuple(line.strip() for line in text.splitlines() if line.strip())


class ReviseForm(AliasesMixin, forms.ModelForm):  # type: ignore[type-arg]
    """Plain data of an organ."""

    class Meta:
        model = Organ
        fields: tuple[str, ...] = (
            "type",
            "level",
            "short_name",
            "division_code",
            "credit_code",
            "founded_on",
            "order",
            "listed",
        )
        widgets = {"founded_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def _post_clean(self) -> None:
        """The verb validates the model: doing it here too would say everything twice."""


class CreateForm(ReviseForm):
    """A new organ under a given parent."""

    basis = forms.CharField(label="成立依据", max_length=200, required=False)

    class Meta(ReviseForm.Meta):
        fields = ("kind", "name", "slug", *ReviseForm.Meta.fields)

    def __init__(self, *args: Any, parent: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = Kind(parent.kind)
        allowed = [(kind.value, kind.label) for kind in Kind if above in kind.may_stand_under]
        self.fields["kind"].choices = allowed  # type: ignore[attr-defined]

    def organ(self, parent: Organ) -> Organ:
        """The unsaved organ that was typed."""
        names = ("kind", "name", "slug", *ReviseForm.Meta.fields)
        return Organ(parent=parent, **{name: self.cleaned_data[name] for name in names})


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Contact data of the OGI office."""

    online = forms.URLField(label="互联网联系方式", required=False, assume_scheme="https")

    class Meta:
        model = Office
        fields = ("name", "address", "postcode", "hours", "phone", "fax", "email", "online")

    def _post_clean(self) -> None:
        """The verb validates the model."""


class RenameForm(forms.Form):
    """A new name."""

    name = forms.CharField(label="新名称", max_length=200)
    on = day_field("启用日期")
    basis = forms.CharField(label="依据文件", max_length=200, required=False, help_text="文号或文件名称。")


class MoveForm(forms.Form):
    """A new parent."""

    parent = OrganChoice(label="新上级", queryset=Organ.objects.none())
    on = day_field("调整日期")
    basis = forms.CharField(label="依据文件", max_length=200, required=False)

    def __init__(self, *args: Any, parents: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """How an organ ends."""

    kind = forms.ChoiceField(
        label="终止方式", widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.ABOLISHED)],
    )  # fmt: skip
    on = day_field("终止日期")
    successors = OrgansChoice(
        label="承接机关", queryset=Organ.objects.none(), required=False,
        help_text="并入选一个，分设选两个以上，撤销可不选。按住Ctrl可选多个。",
    )  # fmt: skip
    basis = forms.CharField(label="依据文件", max_length=200, required=False)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successors"].queryset = organs  # type: ignore[attr-defined]


class NewStaffForm(forms.Form):
    """A new member of staff with a first post."""

    name = forms.CharField(label="姓名", max_length=100)
    username = forms.CharField(
        label="登录名", max_length=40, help_text="2至40个小写字母、数字、点、横线，以字母开头。"
    )
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    mobile = forms.RegexField(
        r"^1\d{10}$", label="手机号", required=False, help_text="加密保存，查看会记入日志。",
        error_messages={"invalid": "手机号是以1开头的11位数字。"},
    )  # fmt: skip


class AppointForm(forms.Form):
    """A post for someone who has an account."""

    username = forms.CharField(label="登录名", max_length=40)
    role = forms.ChoiceField(label="角色", choices=Role.choices)


class ImportForm(forms.Form):
    """A table of organs."""

    file = forms.FileField(label="机关表", help_text="CSV或XLSX，不超过5 MB、20000行。第一行是列名。")


def first_day() -> str:
    """Today, for date fields."""
    return today().isoformat()
