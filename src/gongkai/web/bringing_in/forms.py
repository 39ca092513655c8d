"""The forms: a table with its files; a site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.web.catalogue import taxonomy
from gongkai.web.house.plain_text import plain
from gongkai.web.organs.models import Organ

from .site import limits
from .site.addresses import listed

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


class SiteForm(forms.Form):
    """Addresses in one of three ways, or in several; `addresses` holds them all after cleaning."""

    organ = forms.ModelChoiceField(
        label="发布机构", queryset=Organ.objects.none(), help_text="网页导入后均为此机关的草稿。"
    )
    addresses = forms.CharField(
        label="网址", required=False, strip=True, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=f"一行一个，可从表格中整列粘贴。一次最多{limits.ADDRESSES}个，分属不超过{limits.HOSTS}个网站。",
    )  # fmt: skip
    listing = forms.FileField(
        label="网址清单文件", required=False, help_text=f"TXT或单列CSV，一行一个网址，不超过{limits.LIST_BYTES >> 20} MB。"
    )
    sitemap = forms.CharField(
        label="站点地图的网址", required=False, max_length=500,
        help_text="例如https://www.example.gov.cn/sitemap.xml。",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="网页未写明时的信息类别", choices=[(kind.key, kind.title) for kind in taxonomy.KINDS], initial="other"
    )
    seconds = forms.TypedChoiceField(
        label="两次访问的间隔", coerce=int, initial=1, choices=[(1, "1秒"), (2, "2秒"), (5, "5秒"), (10, "10秒")],
        help_text="网站的robots.txt要求更长的，按网站的要求。",
    )  # fmt: skip

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        if organs.count() == 1:
            self.initial.setdefault("organ", organs.get())

    def clean_listing(self) -> list[str]:
        """The addresses in the file."""
        file = _within(self.cleaned_data["listing"], limits.LIST_BYTES, "请分批导入。")
        if file is None:
            return []
        data: bytes = file.read()
        for code in ("utf-8-sig", "gb18030"):
            try:
                text = data.decode(code)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return listed(plain(text))
        raise forms.ValidationError(f"“{file.name}”不是文本文件。请另存为TXT（UTF-8），一行一个网址。")

    def clean(self) -> dict[str, Any]:
        """All in one list; what is in both is once in it."""
        found: dict[str, Any] = super().clean() or {}
        given = [*listed(found.get("addresses") or ""), *(found.get("listing") or [])]
        found["addresses"] = list(dict.fromkeys(given))
        return found


def _within(file: Any, most: int, remedy: str) -> Any:
    if file is not None and file.size > most:
        megabytes = file.size / 1024 / 1024
        raise forms.ValidationError(
            f"“{file.name}”有{megabytes:.1f} MB，超过{most // 1024 // 1024} MB。{remedy}"
        )
    return file
