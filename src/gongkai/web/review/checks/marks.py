"""Marks that a text is secret, internal or not finished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .finding import Found, Passage

# 秘密★1年, 机密·长期; a bare word only where it stands alone, as a mark does.
_SECRET = re.compile(r"(?:绝密|机密|秘密)\s*[★☆*]\s*(?:\d+\s*[年月]|长期)?|^\s*[【\[(（]?\s*(?:绝\s*密|机\s*密|秘\s*密)\s*[】\])）]?\s*(?:[★☆].*)?$", re.M)
_INTERNAL = re.compile(
    r"内部资料|内部文件|内部使用|仅供内部|内部参考|工作秘密|不得外传|请勿外传|注意保存|阅后(?:即焚|收回|退回)|不(?:得|予|宜)公开(?:发布|传播|引用)"
    r"|^\s*[【\[(（]?(?:此件不公开|此件依申请公开|不予公开|依申请公开|内部)[】\])）]?\s*$",
    re.M,
)
_DRAFT = re.compile(
    r"[(（【\[](?:征求意见稿|讨论稿|送审稿|报批稿|审议稿|初稿|草稿|草案|修改稿|代拟稿|过程稿|第[一二三四五六七八九十\d]+稿|样稿|待定稿)[)）】\]]"
    r"|^\s*(?:征求意见稿|讨论稿|送审稿|报批稿|初稿|草稿|修改稿|代拟稿|样稿|DRAFT|Draft)\s*$"
    r"|(?:征求意见稿|送审稿|讨论稿|报批稿|代拟稿)(?=[》_\-.（( ]|$)|[×XＸx]{2,}年[×XＸx]{1,2}月|〔20\d\d〕[×XＸx]+号",
    re.M,
)
_KINDS = (
    ("secret_mark", _SECRET, "国家秘密标志"),
    ("internal_mark", _INTERNAL, "内部或不公开标志"),
    ("draft_mark", _DRAFT, "未定稿标志"),
)
_QUOTED = re.compile(r"《[^《》]{0,80}$")


def marks(passages: Iterable[Passage], *, consulting: bool = False) -> Iterator[Found]:
    """Marks in passages. `consulting`: the item itself asks the public for opinions, so a 征求意见稿 is what it should be."""
    for passage in passages:
        for check, pattern, message in _KINDS:
            for match in pattern.finditer(passage.text):
                word = re.sub(r"\s+", "", match[0])
                if check == "draft_mark" and ("征求意见" in word and (consulting or _QUOTED.search(passage.text[: match.start()]))):
                    continue
                around = passage.text[max(0, match.start() - 12) : match.end() + 12]
                yield Found(check, f"{message}“{word}”", passage.place, re.sub(r"\s+", " ", around).strip(), word)
