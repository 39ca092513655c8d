"""Numbers that are no key."""

from __future__ import annotations

import pytest
from django import forms

from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.house.choices import SeveralChoice
from gongkai.web.organs.models import Organ
from tests.web.catalogue.conftest import draft, own_files  # noqa: F401 - fixtures


class Chosen(forms.Form):
    organs = SeveralChoice(Organ.objects.all())


@pytest.mark.parametrize("value", ["0", "-1", "9" * 18, str(2**63), "-" + str(2**64), "1" * 5000, "abc", "", "1.5", "١"])
def test_what_is_no_key_is_no_choice(db, value):
    form = Chosen({"organs": [value]})
    assert not form.is_valid()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(form.errors["organs"]))


def test_what_is_a_key_is_chosen(town):
    form = Chosen({"organs": [str(town.water.pk), str(town.city.pk)]})
    assert form.is_valid()
    assert set(form.cleaned_data["organs"]) == {town.water, town.city}


@pytest.mark.parametrize("value", [str(2**63), "1" * 5000])
def test_forms_with_several_choices(town, sign_in, draft, value):  # noqa: F811
    item = draft()
    page = sign_in("fan").post("/staff/items/new", {"organ": town.water.pk, "title": "甲", "kind": "policy", "joint_organs": value})
    assert page.status_code == 200
    assert "不在" in page.content.decode() or "无效" in page.content.decode() or "不是" in page.content.decode()
    assert sign_in("fan").post(f"/staff/items/{item.number}/place", {"entries": value}).status_code == 200
    assert not CatalogueEntry.objects.exists()
