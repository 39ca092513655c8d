"""The upload form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.organs.models import Organ

MAX_TABLE = 10 * 1024 * 1024
MAX_FILES = 200 * 1024 * 1024


class UploadForm(forms.Form):
    """A table, and its attachments in a ZIP."""

    organ = forms.ModelChoiceField(
        label="发布机构", queryset=Organ.objects.none(), help_text="表中未写明发布机构的行归此机关。"
    )
    table = forms.FileField(
        label="信息表", help_text="XLSX或CSV，不超过10 MB、2000行。更多的请由系统管理员用命令导入。"
    )
    files = forms.FileField(
        label="附件压缩包",
        required=False,
        help_text="ZIP，不超过200 MB。表中“附件”“正文文件”两列写其中的文件名。",
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]

    def clean_table(self) -> Any:
        """Not too large."""
        return _within(self.cleaned_data["table"], MAX_TABLE, "请分成几个文件导入。")

    def clean_files(self) -> Any:
        """Not too large."""
        return _within(self.cleaned_data["files"], MAX_FILES, "请分批导入。")


def _within(file: Any, most: int, remedy: str) -> Any:
    if file is not None and file.size > most:
        megabytes = file.size / 1024 / 1024
        raise forms.ValidationError(
            f"“{file.name}”有{megabytes:.1f} MB，超过{most // 1024 // 1024} MB。{remedy}"
        )
    return file
