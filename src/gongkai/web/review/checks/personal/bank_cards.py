"""Bank card numbers: Luhn, an issuer's prefix, and words that speak of an account where the prefix is not enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .spans import Span

_CARD = re.compile(r"(?<![0-9A-Za-z.])\d(?:[ \u3000-]?\d){14,18}(?![0-9A-Za-z.])")
# UnionPay cards begin with 62; older ones of the large banks with these (ISO/IEC 7812 issuer numbers).
_UNIONPAY = re.compile(r"62\d{13,17}")
_OLDER = re.compile(r"(?:9558|60[13]|65|68|69|84|87|88|90|94|98|99|4\d|5[1-5]|35|3[47])\d+")
_CONTEXT = re.compile(r"银行|开户|账号|帐号|账户|帐户|卡号|一卡通|社保卡|转账|汇款")
_ORGAN = re.compile(r"对公|财政专户|国库|单位账户|基本账户|统一社会信用代码|项目代码|编号[:：]?\s*$")


def luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def bank_cards(text: str) -> Iterator[Span]:
    """15 to 19 digits that pass Luhn: of UnionPay's prefix, or of another issuer's where an account is spoken of."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        before = text[max(0, match.start() - 24) : match.start()]
        spoken = _CONTEXT.search(before) is not None
        known = (len(digits) >= 16 and _UNIONPAY.fullmatch(digits)) or (spoken and _OLDER.fullmatch(digits))
        if known and len(set(digits)) > 1 and luhn(digits) and not _ORGAN.search(before):
            yield Span("bank_card", match.start(), match.end(), digits, "银行卡号")
