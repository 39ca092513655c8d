"""What the numbers of the prose are called."""

from __future__ import annotations

from gongkai.forms import APPLICANTS, CLAIMS, form

_APPLICANTS = {column.key: column.label for column in form("2021").tables["requests"].columns}

CLAIM_WORDS: dict[str, str] = {
    "requests_received": "收到申请",
    **{f"received_by.{key}": f"{_APPLICANTS[key]}申请" for key in APPLICANTS},
    "carried_in": "上年结转",
    "requests_completed": "办结申请",
    "carried_forward": "结转下年度",
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "denied": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "review_cases": "行政复议",
    "litigation_cases": "行政诉讼",
    "normative_documents_issued": "制发规范性文件",
    "published_items": "主动公开信息",
    "published_q1": "第一季度公开",
    "published_q2": "第二季度公开",
    "published_q3": "第三季度公开",
    "published_q4": "第四季度公开",
    "fee_yuan": "收取信息处理费（元）",
    "fee_notices": "收费通知",
    "all_completed": "申请全部办结",
    "outcomes_exceed_received": "一件申请多项答复",
}
"""By the names of :data:`gongkai.forms.CLAIMS`."""

SENTENCES = frozenset(("all_completed", "outcomes_exceed_received"))
"""Claims that are sentences, not numbers."""

if set(CLAIM_WORDS) != set(CLAIMS):
    raise ValueError(f"claims without words, or words without a claim: {set(CLAIM_WORDS) ^ set(CLAIMS)}")
