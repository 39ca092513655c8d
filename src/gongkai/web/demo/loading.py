"""The steps that put the city into an empty platform."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.house import events
from gongkai.web.house.actor import Actor
from gongkai.web.house.events import Subject
from gongkai.web.organs.actions.appoint import Appoint
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.actions.import_organs import ImportOrgans
from gongkai.web.organs.importing.columns import read_row
from gongkai.web.organs.models import Kind, Level, Organ

from .annual_reports import enter_reports
from .attached import attach_files
from .authors import authors
from .cases import open_cases
from .city import CITY, rows
from .in_review import send_through_review
from .people import PEOPLE
from .planning import Plan
from .standing_pages import write_catalogue, write_pages
from .turned import turn_attributes
from .work import fill_desks
from .writing_items import write_items

ITEMS = 3000
Say = Callable[[str], None]


def load_city(password: str, items: int, say: Say) -> None:
    """Everything or nothing: one transaction. `say` hears what each step made."""
    with transaction.atomic():
        city = _organs()
        _people(password)
        say(f"机关和机构{Organ.objects.count()}个，人员{len(PEOPLE)}名")
        now = timezone.now()
        publishing = authors()
        plan = Plan(publishing, timezone.localtime(now), items)
        papers = plan.papers()
        made = write_items(papers, plan.speech)
        files = attach_files(made)
        say(f"信息{len(made)}条，附件{files}种")
        write_pages(publishing, timezone.localdate())
        write_catalogue(publishing, made)
        desks = len(fill_desks(plan, publishing)) + send_through_review(plan, publishing) + open_cases(plan, publishing)
        changes = turn_attributes()
        say(f"指南和制度{len(publishing)}个机关，办理中和存档的信息{desks}条，变更公开属性{changes}次")
        reports = enter_reports(publishing, papers, timezone.localdate())
        say(f"年度报告{reports}份")
        events.record(
            Actor.operator(),
            VERB,
            Subject.of(city),
            details={"items": len(made), "files": files, "reports": reports},
        )


VERB = "demo.load"
events.name(VERB, "装入演示内容")


def _organs() -> Organ:
    operator = Actor.operator()
    slug, name, code = CITY
    city = Organ(kind=Kind.REGION, slug=slug, name=name, level=Level.CITY, division_code=code)
    CreateOrgan(actor=operator, organ=city).perform()
    ImportOrgans(actor=operator, rows=[read_row(row) for row in rows()], source="演示机关表").perform()
    return city


def _people(password: str) -> None:
    """One password for all is hashed once: the hash is made to be slow."""
    encoded = make_password(password)
    for username, person, where, role in PEOPLE:
        user = User(username=username, name=person, password=encoded, must_change_password=False)
        user.full_clean()
        user.save()
        Appoint(actor=Actor.operator(), user=user, organ=Organ.objects.get(slug=where), role=role).perform()
