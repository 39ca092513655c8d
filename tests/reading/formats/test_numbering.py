"""Automatic numbers in words and signs."""

import pytest

from gongkai.reading.formats.numbering import FORMATS, Counters, Level


@pytest.mark.parametrize(("form", "number", "text"), [
    ("chineseCounting", 1, "一"), ("chineseCounting", 10, "十"), ("chineseCounting", 12, "十二"), ("chineseCounting", 20, "二十"),
    ("chineseCountingThousand", 110, "一百一十"), ("chineseCountingThousand", 305, "三百零五"), ("japaneseCounting", 99, "九十九"),
    ("chineseLegalSimplified", 15, "壹拾伍"), ("chineseLegalSimplified", 2003, "贰仟零叁"), ("ideographDigital", 105, "一〇五"),
    ("ideographTraditional", 2, "乙"), ("ideographZodiac", 12, "亥"), ("ideographTraditional", 11, "11"),
    ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircle", 21, "21"), ("decimalFullWidth", 12, "１２"),
    ("decimalEnclosedParen", 1, "⑴"), ("decimalEnclosedFullstop", 2, "⒉"), ("upperRoman", 14, "XIV"), ("lowerRoman", 9, "ix"),
    ("upperLetter", 28, "BB"), ("lowerLetter", 3, "c"), ("decimalZero", 4, "04"), ("none", 4, ""), ("chineseCounting", 12345, "12345"),
])  # fmt: skip
def test_formats(form: str, number: int, text: str) -> None:
    assert FORMATS[form](number) == text


def test_levels_restart_below_a_new_number_and_lists_count_apart() -> None:
    levels = [Level("chineseCounting", "%1、"), Level("decimal", "%1.%2", legal=True), Level("bullet", "")]
    counters = Counters({"a": levels, "b": [Level("decimal", "%1", 5, "space")]})
    said = [counters.label(*step) for step in [("a", 0), ("a", 1), ("a", 1), ("b", 0), ("a", 2), ("a", 0), ("a", 1), ("b", 0)]]
    assert said == ["一、", "1.1 ", "1.2 ", "5 ", "", "二、", "2.1 ", "6 "]
    assert [counters.label("a", 7), counters.label("c", 0)] == ["", ""]


def test_a_restart_is_applied_once() -> None:
    counters = Counters({"a": [Level("decimal", "%1)")]})
    restart = ("x", {0: 3})
    assert [counters.label("a", 0), counters.label("a", 0, restart), counters.label("a", 0, restart)] == ["1)", "3)", "4)"]
