"""Forms of the room of reports. What is allowed is the verbs' matter; forms only read what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.organs.forms import OrganChoice, day_field
from gongkai.web.organs.models import Organ

from .checker.limits import MEGABYTES, PAGES


class PlaceForm(forms.Form):
    """Whose report it is, of which year, and when it was made public."""

    organ = OrganChoice(queryset=Organ.objects.none(), label="机关")
    year = forms.IntegerField(
        label="年度", required=False, help_text="报告所述的年度。不填则取文件中写的年度。",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    published_on = day_field("公布日期", required=False, help_text="报告首次向社会公布的日期。不填则取文件中写的日期。")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organ"]
        if isinstance(choice, OrganChoice):
            choice.queryset = organs


class UploadForm(PlaceForm):
    """A document, and where it belongs."""

    file = forms.FileField(
        label="年度报告文件",
        help_text=f"DOCX、DOC、PDF、扫描件、XLSX、OFD、HTML或文本，不超过{MEGABYTES} MB；扫描件不超过{PAGES}页。",
        max_length=200,
    )
    field_order = ("file", "organ", "year", "published_on")


class PublishForm(forms.Form):
    """Letting a report out: a field for each warning of the checks comes with what they found."""

    use_required_attribute = False
    found: Sequence[Any] = ()


class ReasonForm(forms.Form):
    """Why a report is taken back."""

    reason = forms.CharField(
        label="撤下理由", max_length=300, required=False, help_text="会记入日志。", widget=forms.Textarea(attrs={"rows": 2})
    )
