"""Marks of secrecy, of internal papers, of drafts."""

import pytest

from gongkai.web.review.checks.finding import Passage
from gongkai.web.review.checks.marks import marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机密★10年", {"secret_mark"}),
        ("秘密 ★ 长期", {"secret_mark"}),
        ("【绝密】", {"secret_mark"}),
        ("保守国家秘密，商业秘密除外", set()),
        ("内部资料 注意保存", {"internal_mark"}),
        ("此件依申请公开", {"internal_mark"}),
        ("收到依申请公开件12件", set()),
        ("节约用水办法（送审稿）", {"draft_mark"}),
        ("征求意见稿", {"draft_mark"}),
        ("就《节约用水办法（征求意见稿）》公开征求意见", set()),
        ("临水发〔2026〕××号", {"draft_mark"}),
        ("××年×月×日", {"draft_mark"}),
        ("起草草案时应当听取意见", set()),
    ],
)
def test_marks(text, found):
    assert {one.check for one in marks([Passage(text, "第1段")])} == found


def test_a_consultation_may_hold_its_draft():
    passages = [Passage("节约用水办法（征求意见稿）")]
    assert list(marks(passages, consulting=True)) == []
    assert list(marks(passages))
