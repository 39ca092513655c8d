"""One condition per model: lists and single things agree, for everyone, for every model there is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.http import Http404

from gongkai.web.accounts.models import StaffSession, User
from gongkai.web.audit.models import AuditEvent
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import (
    conditions,
    every_model_has_a_condition,
    get_visible,
    may_see,
    visible,
    who_may_see,
)
from gongkai.web.organs.models import ImportDraft, Office, Organ, OrganName, Post


def viewers(town):
    return [Actor.public(), Actor.operator(), *(town.actor(name) for name in town.people)]


def test_every_model_of_ours_has_a_condition():
    assert every_model_has_a_condition(None) == []
    ours = {model for model in apps.get_models() if model.__module__.startswith("gongkai.web.")}
    assert ours == set(conditions())


def test_a_model_without_condition_is_an_error(monkeypatch):
    from gongkai.web.house import visibility

    monkeypatch.delitem(visibility._conditions, Organ)
    assert [one.id for one in every_model_has_a_condition(None)] == ["house.E001"]


def test_two_conditions_for_one_model_are_refused():
    with pytest.raises(ValueError, match="already"):
        who_may_see(Organ)(lambda actor: None)


def test_list_and_single_check_agree_for_everyone_and_everything(town):
    StaffSession.objects.create(user=town.people["fan"], session_key="k")
    ImportDraft.objects.create(user=town.people["shi"], name="a.csv", content=b"x")
    compared = 0
    for model in conditions():
        for actor in viewers(town):
            listed = set(visible(model, actor).values_list("pk", flat=True))
            for thing in model._base_manager.all():
                assert may_see(thing, actor) == (thing.pk in listed)
                compared += 1
    assert compared > 500


def seen(model, actor, field):
    return set(visible(model, actor).values_list(field, flat=True))


def test_what_the_public_sees(town):
    public = Actor.public()
    assert seen(Organ, public, "slug") == {"linhe", "lh-shuiwu", "dongpo", "dp-nongye"}
    assert "临禾市某委员会办公室" not in seen(OrganName, public, "name")
    assert seen(Office, public, "organ__slug") == {"lh-shuiwu"}
    for model in (User, Post, AuditEvent, StaffSession, ImportDraft):
        assert not visible(model, public).exists()


def test_staff_see_hidden_organs_of_their_scope_only(town):
    assert "lh-shuiwu-fagui" in seen(Organ, town.actor("fan"), "slug")
    assert "lh-weiban" not in seen(Organ, town.actor("fan"), "slug")
    assert "lh-weiban" in seen(Organ, town.actor("shi"), "slug")
    assert "lh-weiban" not in seen(Organ, town.actor("lin"), "slug")


def test_people_are_seen_by_their_administrator_and_auditor(town):
    assert seen(User, town.actor("fan"), "username") == {"fan"}
    assert seen(User, town.actor("lin"), "username") == {"lin"}
    assert seen(User, town.actor("shi"), "username") == set(town.people)
    assert seen(User, town.actor("he"), "username") == set(town.people)


def test_the_log_is_seen_by_scope(town):
    county = seen(AuditEvent, town.actor("lin"), "organ__slug")
    assert "dp-nongye" in county
    assert "lh-shuiwu" not in county
    assert not visible(AuditEvent, town.actor("gu")).exists()


def test_what_is_hidden_looks_like_what_does_not_exist(town):
    with pytest.raises(Http404):
        get_visible(Organ, Actor.public(), slug="lh-weiban")
    with pytest.raises(Http404):
        get_visible(Organ, Actor.public(), slug="nowhere")
