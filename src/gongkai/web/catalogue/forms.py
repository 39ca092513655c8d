"""Forms of this room. What is allowed is the verbs' matter; forms only read what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.house.actor import Actor
from gongkai.web.house.choices import SeveralChoice
from gongkai.web.organs.forms import OrganChoice, OrgansChoice, day_field
from gongkai.web.organs.models import Kind, Organ

from . import taxonomy
from .actions.save_page import GUIDE_PARTS
from .finding import NotFound, find_item
from .item_problems import REVISABLE
from .models import CatalogueEntry, Form, Item, StandingPage, Validity, Verdict
from .places import drafting_organs, drafting_units

_DAY = {"type": "date"}


def _days(*names: str) -> dict[str, forms.Widget]:
    return {name: forms.DateInput(attrs=_DAY, format="%Y-%m-%d") for name in names}


class ItemField(forms.CharField):
    """An item, by index number, 文号 or permanent number; `actor` is set by the form."""

    actor: Actor

    def clean(self, value: Any) -> Item | None:
        """The item, or None when left empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return find_item(self.actor, text)
        except NotFound as error:
            raise forms.ValidationError(str(error)) from error


class PlainModelForm(forms.ModelForm):  # type: ignore[type-arg]
    """A ModelForm that only reads: the verb validates the model, and saves it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            choices = getattr(field, "choices", None)
            if isinstance(field, forms.TypedChoiceField) and choices:
                field.choices = [(value, label if value != "" else "未选") for value, label in choices]

    def _post_clean(self) -> None:
        """Doing it here too would say everything twice."""


class ItemForm(PlainModelForm):
    """What a drafter writes. On a new item `organ` is chosen, later it is fixed."""

    organ = OrganChoice(label="发布机构", queryset=Organ.objects.none())
    unit = OrganChoice(
        label="起草单位",
        queryset=Organ.objects.none(),
        required=False,
        help_text="由内设机构起草的，请选择。",
    )
    joint_organs = OrgansChoice(
        label="联合发文机关", queryset=Organ.objects.none(), required=False,
        help_text="发布机构为牵头机关。按住Ctrl可选多个。",
    )  # fmt: skip

    class Meta:
        model = Item
        fields = REVISABLE
        widgets = {
            **_days("written_on", "formed_on", "effective_on", "expires_on", "reassess_on"),
            "embargo_until": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 20, "data-rich-text": ""}),
        }
        help_texts = {
            "document_number": "例如某政发〔2026〕6号。",
            "keywords": "用顿号或逗号分开。",
            "body": "可用段落、标题、列表、表格、链接；脚本和样式会被清除。",
            "withheld_under": "不主动公开时必填（《条例》第十三条至第十六条）。",
            "reassess_on": "不主动公开的信息定期评估（《条例》第十八条）；留空按本机关的评估周期。",
            "embargo_until": "留空为审签后即可发布。",
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if self.instance.pk:
            del fields["organ"]
            fields["joint_organs"].initial = self.instance.joint_organs.all()
            fields["unit"].initial = self.instance.unit
        else:
            fields["organ"].queryset = drafting_organs(actor)
            if fields["organ"].queryset.count() == 1:
                fields["organ"].initial = fields["organ"].queryset.get()
        fields["unit"].queryset = drafting_units(actor)
        fields["joint_organs"].queryset = Organ.objects.filter(kind=Kind.ORGAN, listed=True, closed_on=None)
        fields["language"].required = False

    def clean_language(self) -> str:
        """Chinese unless said otherwise."""
        return self.cleaned_data["language"] or "zh-CN"

    def values(self) -> dict[str, Any]:
        """What CreateItem and ReviseItem take."""
        return {name: self.cleaned_data[name] for name in REVISABLE}


class AttachForm(forms.Form):
    """A file."""

    file = forms.FileField(label="文件", help_text="PDF、OFD、Word、Excel、TXT、CSV、图片、ZIP、MP4、MP3。")
    heading = forms.CharField(label="说明", max_length=200, required=False)


class ValidityForm(forms.Form):
    """A change of validity."""

    validity = forms.ChoiceField(label="有效性", choices=[pair for pair in Validity.choices if pair[0]])
    on = day_field("日期", required=False)
    by = ItemField(label="变更依据文件", required=False, help_text="平台上的文件：填索引号、文号或永久编号。")
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="不在平台上的文件，写明名称和文号。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].actor = actor  # type: ignore[attr-defined]


class ClassifyForm(PlainModelForm):
    """Headings of a finished item."""

    class Meta:
        model = Item
        fields = ("art20", "art21", "theme", "genre", "keywords", "summary", "reassess_on")
        widgets = {**_days("reassess_on"), "summary": forms.Textarea(attrs={"rows": 3})}


class InterpretationForm(forms.Form):
    """The policy an interpretation reads."""

    policy = ItemField(label="被解读的文件", help_text="填索引号、文号或永久编号。")
    form = forms.ChoiceField(label="解读形式", choices=Form.choices)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].actor = actor  # type: ignore[attr-defined]


class ChannelForm(forms.Form):
    """Where an item was published."""

    channel = forms.ChoiceField(label="渠道", choices=taxonomy.channel_choices)
    on = day_field("日期")
    address = forms.URLField(label="网址", required=False, assume_scheme="https", max_length=500)
    place = forms.CharField(label="地点、期号或名称", max_length=200, required=False)


class PlaceForm(forms.Form):
    """The catalogue entries an item answers."""

    entries = SeveralChoice(
        label="标准目录事项", queryset=CatalogueEntry.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, entries: QuerySet[CatalogueEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entries"]
        field.queryset = entries
        field.label_from_instance = lambda one: (
            f"{one.get_field_display()} {one.seq}：{one.item_level1}，{one}"
        )


class PageForm(PlainModelForm):
    """Fields every standing page has; `found` is what the checks before publication say."""

    found: Sequence[Any] = ()

    class Meta:
        model = StandingPage
        fields = ("title", "body", "published")
        labels = {"published": "在公开专栏发布"}
        widgets = {"body": forms.Textarea(attrs={"rows": 14, "data-rich-text": ""})}


class GuideForm(PageForm):
    """The guide, part by part (Art. 12)."""

    class Meta(PageForm.Meta):
        fields = ("title", *GUIDE_PARTS, "body", "published")
        labels = {**PageForm.Meta.labels, "body": "其他说明"}
        widgets = {
            **PageForm.Meta.widgets,
            **{name: forms.Textarea(attrs={"rows": 5}) for name in GUIDE_PARTS},
        }


class RuleForm(PageForm):
    """A rule."""

    item = ItemField(
        label="对应信息", required=False, help_text="制度本身已作为信息发布的，填其索引号或文号。"
    )

    class Meta(PageForm.Meta):
        fields = ("title", "position", "item", "body", "published")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].actor = actor  # type: ignore[attr-defined]
        if self.instance.item is not None:
            self.initial["item"] = self.instance.item.index_number


class EntryForm(PlainModelForm):
    """A row of the catalogue."""

    carriers = forms.MultipleChoiceField(
        label="公开渠道和载体", choices=[(term.key, term.title) for term in taxonomy.CARRIERS], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = CatalogueEntry
        fields = (
            "field", "seq", "item_level1", "item_level2", "content_elements", "legal_basis", "time_limit", "fresh_days",
            "responsible_body", "carriers", "audience_all", "audience_specific", "mode_proactive", "mode_on_request",
            "level_county", "level_township", "level_village",
        )  # fmt: skip
        widgets = {
            "content_elements": forms.Textarea(attrs={"rows": 5}),
            "legal_basis": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"fresh_days": "留空则按公开时限的文字判断（例如“每季度”）。"}


class EntryImportForm(forms.Form):
    """A catalogue table."""

    file = forms.FileField(label="标准目录表", help_text="XLSX、XLS、DOCX或CSV，不超过5 MB。表头为官方栏目。")


class CleanupForm(forms.Form):
    """A new round."""

    organ = OrganChoice(label="机关", queryset=Organ.objects.none())
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    cutoff = day_field("清理截止日")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]


class VerdictForm(forms.Form):
    """What becomes of one document."""

    verdict = forms.ChoiceField(
        label="清理结果", choices=[pair for pair in Verdict.choices if pair[0]], widget=forms.RadioSelect
    )
    basis = forms.CharField(label="依据和理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CloseCleanupForm(forms.Form):
    """The announcement of the results."""

    announcement = ItemField(label="清理结果公告", help_text="已发布的公告：填索引号、文号或永久编号。")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["announcement"].actor = actor  # type: ignore[attr-defined]
