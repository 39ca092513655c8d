"""The same behaviours of every engine there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.web.search.document import Kind
from gongkai.web.search.engine import Engine, Unavailable
from gongkai.web.search.engines import NAMES
from gongkai.web.search.plan import plan, relaxed
from gongkai.web.search.query import Query, Sort

from .shelf import BUREAU, CITY, COUNTY, day, document, shelf


def found(engine: Engine, words: str = "", **more: object) -> list[str]:
    """Keys of the hits in order."""
    return [id.partition(":")[2] for id, _ in engine.search(plan(Query(words=words, **more))).hits]


def test_every_engine_keeps_the_interface(empty):
    assert isinstance(empty, Engine)
    assert empty.name in NAMES


def test_words_are_all_wanted(engine):
    assert set(found(engine, "老旧小区 改造")) == {"method", "read"}
    assert found(engine, "老旧小区 供水") == []


def test_the_title_weighs_more_than_the_body(engine):
    engine.replace([document("aside", "会议纪要", "会上顺带提到供水价格，另行研究。")])
    assert found(engine, "供水价格") == ["water", "aside"]


def test_a_word_is_found_however_its_sentence_is_cut(engine):
    assert set(found(engine, "市水务")) == {"budget", "water"}
    assert found(engine, "禾市水") == ["budget"]


def test_unknown_words_are_found_by_their_characters(engine):
    assert found(engine, "欧阳砚秋") == ["name"]
    assert found(engine, "阳砚") == ["name"]
    assert found(engine, "砚") == ["name"]


def test_a_phrase_is_found_as_it_stands(engine):
    assert found(engine, "“供水管网”") == ["water-old"]
    assert found(engine, '"管网供水"') == []
    assert found(engine, phrase="谁来管") == ["read"]


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence(engine):
    assert found(engine, '"立方米35元"') == []
    assert found(engine, '"3.5元"') == ["water"]
    assert found(engine, '"3.5元市水务局"') == []


def test_what_is_excluded_is_not_found(engine):
    assert set(found(engine, "供水")) == {"water", "water-old"}
    assert found(engine, "供水 -价格") == ["water-old"]
    assert found(engine, "供水", without="管网，价格") == []
    everything = set(found(engine))
    assert set(found(engine, "-供水")) == everything - {"water", "water-old"}


def test_any_of_several(engine):
    assert set(found(engine, any_of="农业保险 三公经费")) == {"county", "budget"}


def test_in_the_title_only(engine):
    assert set(found(engine, "水务局")) == {"budget", "water"}
    assert found(engine, "水务局", in_title=True) == ["budget"]
    assert set(found(engine, "-供水", in_title=True)) == set(found(engine)) - {"water", "water-old"}


@pytest.mark.parametrize("written", ["临政规〔2024〕6号", "临政规[2024]6号", "临政规（2024）第6号", "临政规 〔２０２４〕 6号"])  # fmt: skip
def test_an_exact_number_comes_first_however_it_is_written(engine, written):
    assert found(engine, written) == ["method", "mention"]


def test_the_number_has_a_field_of_its_own(engine):
    assert found(engine, number="临水发〔2023〕12号") == ["water"]
    assert found(engine, number="临水发〔2023〕1号") == []


def test_a_number_is_found_inside_a_title(engine):
    assert found(engine, "临水罚〔2024〕3号") == ["name"]


def test_an_exact_title_comes_first(engine):
    engine.replace([document("longer", "老旧小区改造老旧小区改造", "老旧小区改造" * 20), document("exact", "老旧小区改造")])
    assert found(engine, "老旧小区改造")[0] == "exact"
    assert found(engine, "《老旧小区改造》")[0] == "exact"


def test_traditional_and_full_width_find_and_are_found(engine):
    assert found(engine, "饮用水水源保护") == ["trad"]
    assert found(engine, "飲用水") == ["trad"]
    assert found(engine, "２０２４年部门预算") == ["budget"]
    assert found(engine, "XLSX") == found(engine, "ｘｌｓｘ") == ["annex"]


def test_synonyms_are_found(engine):
    assert found(engine, "低保") == ["poor"]
    assert found(engine, "最低生活保障") == ["poor"]


def test_small_words_are_let_go_when_others_remain(engine):
    assert found(engine, "如何申请低保") == ["poor"]


def test_filters(engine):
    everything = {one.id.partition(":")[2] for one in shelf()} - {"hidden"}
    assert set(found(engine)) == everything
    assert found(engine, organ=COUNTY) == ["county"]
    assert set(found(engine, organ=CITY)) == everything
    assert "method" not in found(engine, organ=BUREAU)
    assert found(engine, kind=Kind.ATTACHMENT) == ["annex"]
    assert found(engine, art20="budget_final_accounts") == ["budget"]
    assert found(engine, theme="construction_environment") == ["method"]
    assert found(engine, validity="repealed") == ["water"]
    assert found(engine, "供水", since=date(2023, 5, 1), until=date(2023, 5, 1)) == ["water"]
    assert found(engine, "供水", until=date(2023, 4, 30)) == ["water-old"]
    assert found(engine, "供水", since=date(2023, 5, 2)) == []


def test_a_day_is_a_day_in_china(engine):
    late = day(2020, 1, 1).replace(hour=15, minute=59)
    engine.replace([document("late", "夜间发布的通告", moment=late), document("next", "次日发布的通告", moment=late.replace(hour=16))])  # fmt: skip
    assert found(engine, "发布的通告", since=date(2020, 1, 1), until=date(2020, 1, 1)) == ["late"]


def test_order_by_date(engine):
    assert found(engine, "供水", sort=Sort.DATE) == ["water", "water-old"]
    dates = {one.id.partition(":")[2]: one.moment for one in shelf()}
    order = [dates[key] for key in found(engine, sort=Sort.DATE)]
    assert order == sorted(order, reverse=True)


def test_pages(engine):
    whole = found(engine, sort=Sort.DATE)
    parts = [key for page in (1, 2, 3, 4) for key in found(engine, sort=Sort.DATE, page=page, size=3)]
    assert sorted(parts) == sorted(whole)
    assert found(engine, page=400) == []
    assert engine.search(plan(Query(page=400))).total == len(whole)


def test_counts_by_group_and_facet(engine):
    result = engine.search(plan(Query(words="改造")))
    assert result.total == 3
    assert result.groups == {"item": 1, "interpretation": 1, "attachment": 1}
    assert result.facets["organ"] == [(str(BUREAU), 2), (str(CITY), 1)]
    assert result.facets["validity"] == [("in_force", 1)]
    one = engine.search(plan(Query(words="改造", kind=Kind.ITEM)))
    assert one.total == 1
    assert one.groups == result.groups
    assert one.facets["organ"] == [(str(CITY), 1)]


def test_what_is_not_public_is_not_found(engine):
    assert "hidden" not in found(engine, "底数")
    assert engine.search(plan(Query(words="底数"))).total == 0


def test_what_is_hidden_is_neither_found_nor_counted(engine):
    asked = plan(Query(words="改造"))
    result = engine.search(replace(asked, hidden=("catalogue.item:read",)))
    assert result.total == 2
    assert "interpretation" not in result.groups
    nothing = engine.search(replace(plan(Query()), hidden=tuple(one.id for one in shelf())))
    assert (nothing.total, nothing.hits) == (0, ())


def test_one_word_may_be_missing_when_relaxed(engine):
    asked = plan(Query(words="老旧小区 改造 财政 公顷"))
    assert engine.search(asked).total == 0
    looser = relaxed(asked)
    assert [id for id, _ in engine.search(looser).hits] == ["catalogue.item:method"]


def test_every_alternative_is_relaxed(engine):
    """老旧小区 is there without 管网, 农业保险 without 供水: the second alternative counts like the first."""
    for any_of in ("农业保险供水管网 老旧小区管网", "老旧小区管网 农业保险供水管网"):
        asked = plan(Query(any_of=any_of))
        assert engine.search(asked).total == 0
        assert {id.partition(":")[2] for id, _ in engine.search(relaxed(asked)).hits} == {"method", "read", "county"}
    titled = plan(Query(any_of="供水价格管网 老旧小区管网", in_title=True))
    assert {id.partition(":")[2] for id, _ in engine.search(relaxed(titled)).hits} == {"method", "read", "water", "water-old"}


def test_frequencies(engine):
    assert engine.frequencies(["供水", "老旧小区改造", "临水罚20243号", "没有这个"]) == [2, 3, 1, 0]


def test_replaced_and_removed_at_once(engine):
    before = engine.health().documents
    engine.replace([document("water", "关于城市燃气价格的通知", "气价。")])
    assert found(engine, "供水价格") == []
    assert found(engine, "燃气价格") == ["water"]
    assert engine.health().documents == before
    engine.remove(["catalogue.item:water", "catalogue.item:never"])
    assert found(engine, "燃气") == []
    assert engine.health().documents == before - 1


def test_fingerprints_are_those_of_the_documents(engine):
    assert dict(engine.fingerprints()) == {one.id: one.fingerprint for one in shelf()}


def test_a_rebuild_takes_the_place_of_the_old_index(engine):
    said = []
    assert engine.rebuild([document("only", "唯一的文件")], said.append) == 1
    assert found(engine) == ["only"]
    assert said[-1] == 1


def test_searches_go_on_while_a_rebuild_runs(engine):
    seen = []

    def documents():
        yield document("a", "甲文件")
        seen.append(found(engine, "供水价格"))
        yield document("b", "乙文件")

    engine.rebuild(documents(), lambda count: None)
    assert seen == [["water"]]
    assert set(found(engine)) == {"a", "b"}


def test_a_rebuild_that_breaks_leaves_the_index_as_it_was(engine):
    def documents():
        yield document("a", "甲文件")
        raise RuntimeError("cut short")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents(), lambda count: None)
    assert found(engine, "供水价格") == ["water"]
    engine.replace([document("after", "其后的文件")])
    assert found(engine, "其后的文件") == ["after"]


def test_without_an_index_it_says_so(empty):
    with pytest.raises(Unavailable, match="rebuild_search"):
        empty.search(plan(Query(words="供水")))
    assert empty.health().problem
    empty.remove(["catalogue.item:1"])


def test_the_first_change_makes_the_index(empty):
    empty.replace([document("first", "第一份文件")])
    assert found(empty, "第一份") == ["first"]
    assert empty.health().problem == ""
    assert empty.health().size > 0


def test_a_second_reader_sees_what_the_writer_did(empty, tmp_path):
    other = type(empty)(empty.parameters if empty.name == "postgres" else empty.places.folder)
    empty.rebuild(shelf(), lambda count: None)
    assert found(other, "供水价格") == ["water"]
    empty.remove(["catalogue.item:water"])
    assert found(other, "供水价格") == []
    empty.rebuild([document("new", "新索引")], lambda count: None)
    assert found(other) == ["new"]
    other.close()


def test_one_process_writes(empty):
    other = type(empty)(empty.parameters if empty.name == "postgres" else empty.places.folder)
    assert empty.claim()
    assert empty.claim()
    assert not other.claim()
    empty.close()
    assert other.claim()
    other.close()


def test_long_bodies_are_found_at_their_end(empty):
    tail = "附则自公布之日起施行"
    empty.replace([document("long", "长文", "各级人民政府应当加强领导，落实责任。" * 3000 + tail)])
    assert found(empty, f'"{tail}"') == ["long"]


NASTY = [
    '"', "'", '""', "(", ")", "((((", "title:x", "body_words:改造", "*", "?", "供水*", "a AND", "NOT", "OR OR", "NEAR(a b)", "-", "--",
    "- -", "+", "^", "~", ":", "{all_pairs}", "\\", "%", "_", "';--", "' OR 1=1 --", "\x00", "供\x00水", "\ud800", "🙂", "𠮷野家", "\u202e供水",
    "[", "]", "[1 TO 2]", "/.*/", "<script>alert(1)</script>", "&", "|", "!", "a:b:c", "供水 & | ! <-> 价格", "\n\n", "　", "''", "$1", "%(x)s",
    "供水" * 5000, "水 " * 5000, "“", "”“", '-"', '"-', "%s", "{}", "〔〕", "〔2024〕", "号", "的", "的 了", "。", "ⵗ", "ⵦ",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_nothing_typed_breaks_it(engine, words):
    for query in (Query(words=words), Query(phrase=words, in_title=True), Query(any_of=words, without=words), Query(number=words)):
        asked = plan(query)
        assert engine.search(asked).total <= len(shelf())
        if looser := relaxed(asked):
            engine.search(looser)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60), phrase=st.text(max_size=20), without=st.text(max_size=20))
def test_no_text_at_all_breaks_it(engine, words, phrase, without):
    engine.search(plan(Query(words=words, phrase=phrase, without=without)))


def test_a_writer_that_failed_is_replaced(tmp_path):
    """A full disk, say: what waits goes in as soon as there is room."""
    from gongkai.web.search.engines.tantivy import Tantivy

    class Failing:
        def delete_documents_by_term(self, name, value):
            pass

        def commit(self):
            raise ValueError("No space left on device (os error 28)")

    found = Tantivy(tmp_path)
    found.rebuild(shelf(), lambda count: None)
    gone = next(iter(shelf())).id
    found.remove([gone])
    found._writer = Failing()
    other = list(shelf())[1].id
    with pytest.raises(ValueError, match="No space"):
        found.remove([other])
    found.remove([other])
    assert {gone, other}.isdisjoint(dict(found.fingerprints()))
    found.close()
