"""文号: 国办发〔2019〕54号 taken apart into issuer word, year and serial; pure, no Django.

The rule is 党政机关公文格式 (GB/T 9704-2012, 7.2.5): issuer word, year in hexagonal brackets, serial without leading
zeros, 号. In the wild the brackets are of every kind, digits are full-width, and spaces stand between.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# NFKC makes brackets of full width into ASCII ones and leaves these as they are.
_OPEN, _CLOSE = "〔［\\[(（【﹝〖{", "〕］\\])）】﹞〗}"
_ISSUER = (
    r"[\u3400-\u9fff〇]{1,20}(?:[A-Za-z]{1,4}|\([\u3400-\u9fff]{1,6}\)|(?<=[\u3400-\u9fff])[\u3400-\u9fff])*"
)
_SHAPE = re.compile(rf"({_ISSUER})[{_OPEN}]((?:19|20)\d\d)年?[{_CLOSE}](?:第)?0*(\d{{1,6}})号")
_ORDER = re.compile(r"([\u3400-\u9fff]{2,30}令)(?:\(?((?:19|20)\d\d)年?\)?)?第0*(\d{1,6})号")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """`year` is 0 for numbers that run on without a year, as orders do (国务院令第711号)."""

    issuer: str
    year: int
    serial: int

    def __str__(self) -> str:
        """The number as the standard writes it."""
        if self.year:
            return f"{self.issuer}〔{self.year}〕{self.serial}号"
        return f"{self.issuer}第{self.serial}号"


def clean(text: str) -> str:
    """`text` with ASCII digits and letters and without white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, or None when it is no document number (or holds more than one)."""
    plain = clean(text)
    found = _SHAPE.fullmatch(plain)
    if found:
        return DocumentNumber(_issuer(found[1]), int(found[2]), int(found[3]))
    found = _ORDER.fullmatch(plain)
    if found:
        return DocumentNumber(found[1], int(found[2] or 0), int(found[3]))
    return None


def faults(text: str) -> list[str]:
    """What is wrong with how `text` writes its number, in words with the remedy; [] when it is as the standard says.

    Rests on GB/T 9704-2012, 7.2.5. A text that is no number at all has one fault.
    """
    number = parse(text)
    if number is None:
        return [f"“{text}”不像文号。请写作发文机关代字、年份、发文顺序号，例如“某政发〔2024〕6号”。"]
    if text == str(number):
        return []
    plain, found = clean(text), []
    if number.year and f"〔{number.year}〕" not in text:
        found.append("年份应写全四位并用六角括号“〔〕”括入")
    if "第" in plain and number.year:
        found.append("发文顺序号前不加“第”字")
    if re.search(rf"\D0+{number.serial}号", plain):
        found.append("发文顺序号不编虚位（不写前面的0）")
    if _SPACE.search(text.strip()):
        found.append("文号中不应有空格")
    return [f"“{text}”{'，'.join(found) or '写法不规范'}。建议改为“{number}”。"]


def _issuer(word: str) -> str:
    """The issuer word with the brackets of Chinese print."""
    return word.replace("(", "（").replace(")", "）")
