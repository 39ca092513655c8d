"""The platform with something in every room, and somebody signed in for every role."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from gongkai.web.accounts.models import Authenticator
from gongkai.web.bringing_in.models import UploadedTable
from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Attachment, EntryImport, Item, ProposedInterpretation, StandingPage
from gongkai.web.catalogue.models.standing import PageKind
from gongkai.web.house.actor import Actor
from gongkai.web.organs.models import ImportDraft, Role
from gongkai.web.reporting.actions.publish_report import PublishReport
from gongkai.web.reporting.actions.upload_report import UploadReport
from gongkai.web.reporting.files import put_away
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.name_original import NameOriginal
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.checks.examine import findings
from gongkai.web.review.models import AttributeChange
from gongkai.web.search import engines, indexing
from gongkai.web.search.models import ApprovedWord
from tests.web.bringing_in.furnish import site_runs
from tests.web.catalogue.files import docx_bytes
from tests.web.catalogue.furnish import furnish
from tests.web.catalogue.test_standard import official
from tests.web.reporting import samples
from tests.web.reporting.test_column import taken
from tests.web.support.fixtures import fresh_code
from tests.web.support.town import PASSWORD, Town, person

PUBLIC = "public"
CLEAN = {
    "kind": "notice", "written_on": date(2026, 3, 2), "formed_on": date(2026, 3, 2), "art20": "regulations_and_normative_docs",
    "body": "<p>各县水务局：</p><p>为加强节约用水管理，现通知如下。</p>", "attribute": "proactive",
}  # fmt: skip
_REVIEWERS = ("xu", "mi", "ou")


@dataclass
class Scene:
    """`clients` by role; "public" has not signed in. "admin" is the city's administrator.

    `starts` are addresses that a crawl which follows a few links of a kind would miss: every item in every state, drafts of
    imports, a finished check.
    """

    town: Town
    starts: list[str] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)


def build(town: Town) -> Scene:
    """Items at every stage, a catalogue, a guide, a clean-up, reports, and one person a role."""
    people = town.people
    for username, name, role in (("xu", "徐科", Role.SECTION_REVIEWER), ("mi", "宓密", Role.SECRECY_REVIEWER), ("cao", "曹办", Role.CASE_OFFICER)):
        people[username] = person(username, name, town.water, role)
    people["su"] = person("su", "苏督", town.city, Role.SUPERVISOR)
    furnish(town)
    StandingPage.objects.update(published=True)
    for steps in range(6):
        item = _through_review(town, f"临禾市水务局关于第{steps}号节水工程的通知", steps)
        if steps == 0:
            data = docx_bytes("施工计划")
            AttachFile(actor=town.actor("fan"), item=item, content=io.BytesIO(data), size=len(data), name="计划.docx", heading="计划").perform()
            NameOriginal(
                actor=town.actor("fan"), item=item, maker="省水利厅", original_title="关于节水工程的通知", attribute="proactive", decided="该厅网站"
            ).perform()
    unsure = _through_review(town, "临禾市水务局关于输水管线走向的公告", 2)
    unsure.joint_organs.add(town.county_bureau)
    question = "管线走向是否属于国家秘密，能否公开？"
    ReferItem(actor=town.actor("mi"), item=unsure, to="secrecy", body="临禾市保密局", question=question).perform()
    # The county proposes to read three documents of the water bureau, whose office is asked.
    foreign = {**CLEAN, "kind": "interpretation", "title": "东坡县农业农村局的解读"}
    reading = CreateItem(actor=Actor.operator(), organ=town.county_bureau, values=foreign).perform()
    for policy in Item.objects.filter(organ=town.water).exclude(pk=reading.pk)[:3]:
        ProposedInterpretation.objects.create(policy=policy, reading=reading, form="text")
    hasty = _through_review(town, "临禾市水务局关于城东停水的通知", 0)
    EmergencyPublish(actor=town.actor("ou"), item=hasty, reason="供水管道爆裂，须立即告知停水范围").perform()
    AttributeChange.objects.create(item=hasty, old="on_request", new="proactive", why="情况紧急，应当公开", by=people["gu"])
    call_command("extract_texts", stdout=io.StringIO())
    for year, publish in ((2023, True), (2022, False)):
        what = taken(year=year)
        report = UploadReport(
            actor=town.actor("fan"), organ=town.water, year=year, taken=what, file=put_away(what.data, what.kind)
        ).perform()
        if publish:
            PublishReport(actor=town.actor("ou"), report=report).perform()
    indexing.Indexer(engines.engine()).rebuild()
    return Scene(town, _starts(town))


def sign_in(scene: Scene) -> None:
    """New clients for everybody; in a long run again and again, as sessions end."""
    by_role = {Role(post.role): user for user in scene.town.people.values() for post in user.posts.filter(ended_on=None)}
    by_role[Role.ADMIN] = scene.town.people["shi"]
    scene.clients = {PUBLIC: Client(raise_request_exception=False, enforce_csrf_checks=True)}
    for role, user in by_role.items():
        client = Client(raise_request_exception=False)
        client.post("/account/login", {"username": user.username, "password": PASSWORD})
        client.post("/account/second-factor", {"token": fresh_code(Authenticator.objects.get(user=user))})
        if client.get("/staff/home").status_code != 200:
            raise RuntimeError(f"{role} could not sign in")
        if role is Role.DRAFTER:
            # A second session of the same person, which the first may end.
            other = Client()
            other.post("/account/login", {"username": user.username, "password": PASSWORD})
            other.post("/account/second-factor", {"token": fresh_code(Authenticator.objects.get(user=user))})
        if role is Role.DRAFTER and not any("/checker/" in one for one in scene.starts):
            scene.starts += _checked(client)
        client.handler.enforce_csrf_checks = True
        scene.clients[role.value] = client


def _starts(town: Town) -> list[str]:
    """Addresses out of the database."""
    drafts = [
        reverse("organs:import_preview", args=[ImportDraft.objects.create(user=town.admin, name="机关.csv", content="名称,标识\n甲,a\n".encode()).pk]),
        reverse("catalogue:import_preview", args=[
            EntryImport.objects.create(user=town.people["ou"], organ=town.water, name="目录.xlsx", content=official()).pk
        ]),
        reverse("bringing_in:preview", args=[
            UploadedTable.objects.create(user=town.people["fan"], organ=town.water, name="信息.csv", content="标题,信息类别\n甲,通知\n".encode()).pk
        ]),
    ]  # fmt: skip
    drafts += [f"/staff/bringing-in/sites/{pk}{more}" for pk in site_runs(town, Item.objects.first()).values() for more in ("", "/progress", "/pages.csv")]
    items = [part.format(one.number) for one in Item.objects.order_by("number") for part in ("/staff/items/{}", "/staff/review/{}", "/api/items/{}")]
    pages = [f"/column/lh-shuiwu/rules/{page.pk}" for page in StandingPage.objects.filter(kind=PageKind.RULE)]
    files = [f"/info/{one.item.number}/files/{one.pk}" for one in Attachment.objects.all()]
    # Buttons that few see: whose address a page of somebody else does not tell.
    word = ApprovedWord.objects.create(text="节水补贴", approved_by=town.people["ou"])
    drafts += [f"/staff/search-words/{word.pk}/drop", *(f"/staff/interpretations/proposed/{one.pk}/end" for one in ProposedInterpretation.objects.all())]
    drafts += [f"/staff/review/conversions{more}" for more in (".csv", ".xlsx", "?turn=on_request-proactive")]
    return [*drafts, *items, *pages, *files, *(f"{one}/text" for one in files), "/column/linhe/organs", "/sitemap-1.xml", "/api/organs/lh-shuiwu", "/api/reports/lh-shuiwu/2023"]


def _checked(client: Client) -> list[str]:
    """The addresses of one check, once it is done."""
    answer = client.post("/checker/", {"file": SimpleUploadedFile("2023.pdf", samples.document("pdf"))})
    place = answer["Location"]
    end = time.monotonic() + 120
    while "正在检查</h1>" in client.get(place).content.decode() and time.monotonic() < end:
        time.sleep(0.3)
    return [place, f"{place}progress", f"{place}result.json"]


def _through_review(town: Town, title: str, steps: int) -> Item:
    """A draft, and so many steps on: submitted, three reviews, approved."""
    item = CreateItem(actor=town.actor("fan"), organ=town.water, values={**CLEAN, "title": title}).perform()
    item.refresh_from_db()
    if steps:
        reasons = {one.print: "已核对，可以公开" for one in findings(item)}
        SubmitItem(actor=town.actor("fan"), item=item, reasons=reasons).perform()
    for who in _REVIEWERS[: max(0, min(steps - 1, 3))]:
        item.refresh_from_db()
        PassStep(actor=town.actor(who), item=item).perform()
    if steps == 5:
        item.refresh_from_db()
        ApproveItem(actor=town.actor("gu"), item=item).perform()
    item.refresh_from_db()
    return item
