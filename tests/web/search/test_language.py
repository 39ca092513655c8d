"""Folding, words and pairs, synonyms, sounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.search.language.fold import BREAK, POINT, compact, fold, key
from gongkai.web.search.language.lexicon import lexicon
from gongkai.web.search.language.segment import pairs, parts, pieces, words
from gongkai.web.search.language.sound import mistaken_for


@given(st.text())
def test_folding_keeps_the_length_and_is_done_once(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(compact(folded)) == compact(folded)
    assert BREAK * 2 not in compact(folded)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ＰＭ２.５", f"pm2{POINT}5"), ("關於印發", "关于印发"), ("〔2024〕", "2024"), ("《办法》", "办法"), ("Ａ－1", "a1"),
        ("二○二四", "二〇二四"), ("第一条。第二条", f"第一条{BREAK}第二条"), ("甲；\n乙。", f"甲{BREAK}乙"), ("政府\u200b信息", "政府信息"),
        ("①", "1"), ("🙂公开", "公开"), ("", ""),
    ],
)  # fmt: skip
def test_spellings_made_one(written, same):
    assert compact(fold(written)) == same


def test_keys_are_letters_and_digits():
    assert key("临政规〔2024〕６号") == "临政规20246号"
    assert key("《甲办法》（试行）。") == "甲办法试行"


def test_long_words_are_indexed_by_their_parts_too():
    assert {"最低", "生活", "保障"} <= set(words("最低生活保障"))
    assert {"行政", "诉讼", "行政诉讼"} <= set(words("行政诉讼"))


def test_unknown_runs_become_pairs():
    assert words("欧阳砚秋") == ["欧阳", "砚秋"]
    assert pieces("临禾泗水渡") [-1] in {"渡", "泗水渡", "水渡"}
    assert words("甲乙丙")[:1]


def test_pairs_stand_in_order_and_end_with_the_last_character():
    assert pairs(fold("公开，条例")) == "公开 开条 条例 例"
    assert pairs("") == ""


@given(st.text(min_size=2, max_size=40))
def test_any_two_neighbours_of_a_text_are_a_pair_of_it(text):
    whole = compact(fold(text))
    found = pairs(fold(text)).split(" ")
    assert all(whole[at : at + 2] in found for at in range(len(whole) - 1))


def test_pieces_never_lose_a_character():
    text = "关于2024年老旧小区改造pm25补贴"
    assert "".join(pieces(text)) == text


def test_the_word_lists_hold_together():
    lex = lexicon()
    assert lex.same["低保"] == ("最低生活保障",)
    assert all(name in lex.same[other] for name, others in lex.same.items() for other in others)
    assert all(key(name) == name for name in lex.same)
    assert not set(lex.same) & lex.empty


@pytest.mark.parametrize(("wrong", "right"), [("宝", "保"), ("供", "公"), ("付", "复"), ("未", "末"), ("折", "拆"), ("申", "审")])
def test_what_a_character_may_stand_for(wrong, right):
    assert right in mistaken_for(wrong)
    assert wrong not in mistaken_for(wrong)


def test_letters_and_digits_stand_for_themselves():
    assert mistaken_for("a") == mistaken_for("7") == ""


@pytest.mark.parametrize(
    ("word", "inside"), [("住房补贴", ["住房", "补贴"]), ("供水", []), ("公积金", []), ("新能源", []), ("2024", [])]
)
def test_the_words_inside_a_word(word, inside):
    assert parts(word) == inside
