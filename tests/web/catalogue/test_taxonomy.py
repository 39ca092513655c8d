"""The classifications are whole."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.taxonomy.terms import Term, Terms


def test_the_fifteen_items_and_the_twenty_six_fields():
    assert [term.number for term in taxonomy.ART20] == list(range(1, 16))
    assert len(list(taxonomy.FIELDS)) == 26
    assert len(list(taxonomy.CARRIERS)) == 13
    assert {level for term in taxonomy.ART21 for level in term.levels} == {3, 4, 5}


def test_names_and_other_names_lead_to_the_term():
    assert taxonomy.FIELDS.named("城乡规划") is taxonomy.FIELDS["planning"]
    assert taxonomy.FIELDS.named("planning") is taxonomy.FIELDS["planning"]
    assert taxonomy.FIELDS.named("没有") is None
    assert taxonomy.THEMES.title("gone") == "gone"


@pytest.mark.parametrize(
    "terms",
    [[Term("a", "甲"), Term("a", "乙")], [Term("a", "甲"), Term("b", "甲")], [Term("A b", "甲")], [Term("a", "")]],
)
def test_a_faulty_list_stops_the_start(terms):
    with pytest.raises(ImproperlyConfigured):
        Terms("试", terms)
