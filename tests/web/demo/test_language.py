"""The grammar, the data it works on, and the figures of invented reports."""

from __future__ import annotations

import pytest

from gongkai.checking import check
from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Form
from gongkai.web.demo.annual_figures import make_report
from gongkai.web.demo.case_files import cases
from gongkai.web.demo.data_files import language, portfolios, readings, standing
from gongkai.web.demo.language import Speech, numeral


def test_a_slot_that_nothing_fills_is_named():
    with pytest.raises(KeyError, match="nobody"):
        Speech("a", {}).say("{nobody}", {})


def test_the_same_seed_says_the_same():
    words = {"thing": ("甲", "乙", "丙")}
    said = [Speech("x", words).say("{@thing}{1-99}{who}", {"who": "丁"}) for _ in range(2)]
    assert said[0] == said[1]
    assert said[0].endswith("丁")


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (36, "三十六")]
)
def test_numerals(number, said):
    assert numeral(number) == said


def test_every_key_of_the_data_is_one_of_the_classifications():
    for portfolio in portfolios().values():
        assert portfolio.theme in taxonomy.THEMES
        for topic in portfolio.topics:
            assert topic.art20 in taxonomy.ART20
            assert not topic.art21 or topic.art21 in taxonomy.ART21
    for shape in language().shape:
        assert shape.kind in taxonomy.KINDS
        assert shape.genre in taxonomy.GENRES
        assert not shape.art20 or shape.art20 in taxonomy.ART20
        assert set(shape.of) <= {one.key for one in taxonomy.ART20}
    for case in (*cases().referral, *cases().joint, *cases().emergency):
        assert case.kind in taxonomy.KINDS
        assert case.genre in taxonomy.GENRES
        assert case.art20 in taxonomy.ART20
    assert {one.form for one in readings()} == set(Form.values)
    assert all(matter.field in taxonomy.FIELDS for matter in standing().matter)


def test_reports_hold_and_carry_on_from_year_to_year():
    before = None
    for year in range(2019, 2026):
        report = make_report("望津市民政局", year, 40, issued=3, repealed=1, before=before)
        assert report.form == ("2019" if year < 2021 else "2021")
        assert [f.message for f in check(report, last_year=before) if f.severity == "error"] == []
        before = report
