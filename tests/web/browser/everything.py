"""Every page there is, by the route that answers it, and what to look at where a route needs something.

`test_every_page.py` compares both lists with the URL configuration: a new route fails there until it says what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from gongkai.web.audit.models import AuditEvent
from gongkai.web.bringing_in.models import UploadedTable
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import (
    Attachment,
    CatalogueEntry,
    CleanupRound,
    CleanupTask,
    EntryImport,
    Item,
    Stage,
    StandingPage,
    StoredFile,
    TextState,
)
from gongkai.web.house.actor import Actor
from gongkai.web.organs.actions.appoint import Appoint
from gongkai.web.organs.models import ImportDraft, Role
from gongkai.web.reporting.actions.publish_report import PublishReport
from gongkai.web.reporting.models import AnnualReport
from gongkai.web.review.actions.emergency_publish import EmergencyPublish
from gongkai.web.review.actions.name_original import NameOriginal
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.refer_item import ReferItem
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.models import AttributeChange
from tests.web.bringing_in.furnish import site_runs
from tests.web.catalogue.furnish import furnish, publish
from tests.web.reporting import samples
from tests.web.reporting.test_column import uploaded
from tests.web.support.town import Town, person

NOBODY, HALF, STAFF = "nobody", "half", "staff"
"""Who looks: the public, one who has typed only the password, one who holds every role."""
LEAK = "<p>各县水务局：</p><p>联系人身份证号11010519491231002X，手机13912345678。</p>"


@dataclass
class Scene:
    """The ids that addresses need."""

    town: Town
    items: dict[str, Item]
    ids: dict[str, object] = field(default_factory=dict)


def build(town: Town) -> Scene:
    """Something in every room; 石岚 holds every role that one person may hold."""
    town.people["xu"] = person("xu", "徐科", town.water, Role.SECTION_REVIEWER)
    items = furnish(town)
    for role in set(Role) - {Role.AUDITOR, Role.ADMIN}:
        Appoint(actor=Actor.operator(), user=town.people["shi"], organ=town.water, role=role).perform()
    items |= _in_review(town)
    publish(Item.objects.create(organ=town.water, number=2026990001, index_number="A/1", title="往年的通知", kind="notice", body="<p>通知。</p>"), 400)
    for year in (2021, 2022, 2023):
        PublishReport(actor=town.actor("ou"), report=uploaded(town, year=year, broken=year == 2023)).perform()
    StandingPage.objects.update(published=True)
    StandingPage.objects.filter(kind="rule").update(body="<p>值班电话13912345678，见<a href='/info/1'>办法</a>。</p>")
    StoredFile.objects.update(text="临禾市用水定额表", text_state=TextState.DONE)
    called = samples.document(year=2020).replace(b"</body>", "<p>值班电话13912345678</p></body>".encode())
    draft = uploaded(town, year=2020, data=called)
    scene = Scene(town, items)
    scene.ids = {
        "rule": StandingPage.objects.get(kind="rule").pk, "entry": CatalogueEntry.objects.first().pk,
        "field": CatalogueEntry.objects.first().field, "round": CleanupRound.objects.get().pk, "task": CleanupTask.objects.first().pk,
        "file": Attachment.objects.filter(item=items["policy"]).get().pk, "draft_report": draft.pk,
        "report": AnnualReport.objects.get(year=2023).pk, "event": AuditEvent.objects.order_by("number").first().number,
        **{name: item.number for name, item in items.items()}, **_uploads(town), **site_runs(town, items["policy"]), "month": timezone.localdate().strftime("%Y/%-m"),
    }  # fmt: skip
    return scene


def _in_review(town: Town) -> dict[str, Item]:
    def make(title: str, **values: object) -> Item:
        fields = {"title": title, "kind": "notice", "written_on": date(2026, 3, 2), "art20": "supervision_inspection", "body": "<p>正文。</p>"}
        return CreateItem(actor=town.actor("fan"), organ=town.water, values=fields | values).perform()

    leak, waiting = make("临禾市水务局关于值班安排的通知", body=LEAK), make("临禾市水务局关于汛期检查的通知")
    approved, urgent = make("临禾市水务局关于供水水质的公告"), make("临禾市水务局关于紧急停水的公告")
    SubmitItem(actor=town.actor("fan"), item=waiting).perform()
    Item.objects.filter(pk=approved.pk).update(stage=Stage.APPROVED, submitted_at=timezone.now(), submitted_by=town.people["fan"])
    EmergencyPublish(actor=town.actor("ou"), item=urgent, reason="供水管道爆裂，须立即告知停水范围").perform()
    AttributeChange.objects.create(item=approved, old="on_request", old_reason="specific_parties", new="proactive", why="可以公开", by=town.people["gu"])
    return {"leak": leak, "waiting": waiting, "approved": approved, "urgent": urgent, "forwarded": _forwarded(town, make), **_in_doubt(town, make)}


def _forwarded(town: Town, make: Callable[[str], Item]) -> Item:
    """Proposed for everybody, though its maker gives it on request alone."""
    item = make("临禾市水务局转发省水利厅关于节约用水工作的通知")
    NameOriginal(
        actor=town.actor("fan"), item=item, maker="省水利厅", original_title="关于节约用水工作的通知", number="省水发〔2026〕2号",
        attribute="on_request", withheld_under="specific_parties", decided="版记标注“此件依申请公开”",
    ).perform()
    return item


def _in_doubt(town: Town, make: Callable[[str], Item]) -> dict[str, Item]:
    """Two at the secrecy step; about one of them others were asked."""
    found = {"unsure": make("临禾市水务局关于水源地位置的公告"), "asked": make("临禾市水务局关于输水管线走向的公告")}
    for item in found.values():
        SubmitItem(actor=town.actor("fan"), item=item).perform()
        PassStep(actor=town.actor("xu"), item=item).perform()
    found["unsure"].joint_organs.add(town.county_bureau)
    question = "管线走向是否属于国家秘密，能否公开？"
    ReferItem(actor=town.actor("shi"), item=found["asked"], to="secrecy", body="临禾市保密局", question=question).perform()
    return found


def _uploads(town: Town) -> dict[str, object]:
    shi = town.people["shi"]
    organs = "代号,名称,类别,上级代号,层级\nlh-jyj,临禾市教育局,机关,linhe,市级\n,缺,机关,linhe,市级\n"
    items = "标题,信息类别,成文日期,备注\n春灌公告,公告公示,2024-3-1,\n,公告公示,2024-13-1,\n"
    entries = "序号,一级事项,二级事项,公开内容（要素）\n1,政策法规,行政法规,法规文本\n2,,,\n"
    return {
        "organ_table": ImportDraft.objects.create(user=shi, name="机关.csv", content=organs.encode()).pk,
        "item_table": UploadedTable.objects.create(user=shi, organ=town.water, name="信息.csv", content=items.encode()).pk,
        "entry_table": EntryImport.objects.create(user=shi, organ=town.water, name="目录.csv", content=entries.encode()).pk,
    }


_COLUMN = "column/<slug:slug>"
_ITEM = "staff/items/<int:number>"
_REVIEW = "staff/review/<int:number>"
_ORGAN = "staff/organs/<slug:slug>"
_SITE = "staff/bringing-in/sites/<int:pk>"
_OF = "/column/lh-shuiwu"
PUBLIC: dict[str, tuple[str, ...]] = {
    "": ("/",),
    f"{_COLUMN}/": (f"{_OF}/", "/column/dp-nongye/"),
    **{f"{_COLUMN}/{name}": (f"{_OF}/{name}", f"/column/linhe/{name}") for name in ("guide", "rules", "content", "interpretations", "archive", "request")},
    f"{_COLUMN}/list": (f"{_OF}/list", "/column/linhe/list?art20=plans", f"{_OF}/list?year=2020"),
    f"{_COLUMN}/organs": ("/column/linhe/organs",),
    f"{_COLUMN}/rules/<int:pk>": (_OF + "/rules/{rule}",),
    f"{_COLUMN}/calendar": (f"{_OF}/calendar",),
    f"{_COLUMN}/calendar/<int:year>/<int:month>": (_OF + "/calendar/{month}",),
    f"{_COLUMN}/catalogue": (f"{_OF}/catalogue",),
    f"{_COLUMN}/catalogue/<slug:field>": (_OF + "/catalogue/{field}",),
    f"{_COLUMN}/entries/<int:pk>": (_OF + "/entries/{entry}",),
    "info/<int:number>": ("/info/{policy}", "/info/{reading}", "/info/{old}"),
    "info/<int:number>/print": ("/info/{policy}/print",),
    "info/<int:number>/files/<int:pk>/text": ("/info/{policy}/files/{file}/text",),
    "site/map": ("/site/map",), "site/accessibility": ("/site/accessibility",), "site/subscribe": ("/site/subscribe",),
    "organs/": ("/organs/", "/organs/?q=没有的机关"),
    "organs/<slug:slug>/": ("/organs/lh-shuiwu/", "/organs/linhe/"),
    "search/": ("/search/", "/search/?q=节水", "/search/?q=节约用氺", "/search/?q=龘龘", "/search/?q=水&where=title&validity=in_force"),
    "reports/": ("/reports/", "/reports/?year=2023"),
    "reports/<slug:slug>/": ("/reports/lh-shuiwu/", "/reports/linhe/"),
    "reports/<slug:slug>/below/<report_year:year>/": ("/reports/linhe/below/2023/",),
    "reports/<slug:slug>/<report_year:year>/": ("/reports/lh-shuiwu/2023/", "/reports/lh-shuiwu/2021/"),
    "checker/": ("/checker/",),
    "api/": ("/api/",),
    "account/login": ("/account/login",),
}  # fmt: skip
WITH_PASSWORD_ONLY: dict[str, tuple[str, ...]] = {"account/second-factor": ("/account/second-factor",)}
INSIDE: dict[str, tuple[str, ...]] = {
    "staff/home": ("/staff/home",), "staff/account": ("/staff/account",), "account/password": ("/account/password",),
    "account/again": ("/account/again",), "account/second-factor/set-up": ("/account/second-factor/set-up",),
    "staff/organs": ("/staff/organs", "/staff/organs?q=没有"), _ORGAN: ("/staff/organs/lh-shuiwu",), "staff/organs-import": ("/staff/organs-import",),
    "staff/organs-import/<int:pk>": ("/staff/organs-import/{organ_table}",),
    **{f"{_ORGAN}/{name}": (f"/staff/organs/lh-shuiwu/{name}",) for name in
       ("create", "revise", "office", "rename", "move", "close", "staff", "appoint")},
    "staff/people/<str:username>": ("/staff/people/fan",),
    "staff/audit": ("/staff/audit",), "staff/audit/<int:number>": ("/staff/audit/{event}",),
    "staff/items": ("/staff/items", "/staff/items?q=没有"), "staff/items/new": ("/staff/items/new",),
    _ITEM: ("/staff/items/{policy}", "/staff/items/{draft}", "/staff/items/{kept}"),
    **{f"{_ITEM}/{name}": ("/staff/items/{draft}/" + name,) for name in ("revise", "discard")},
    **{f"{_ITEM}/{name}": ("/staff/items/{policy}/" + name,) for name in ("validity", "classify", "channel", "place", "versions")},
    f"{_ITEM}/preview": ("/staff/items/{draft}/preview", "/staff/items/{policy}/preview"),
    f"{_ITEM}/interpretation": ("/staff/items/{reading}/interpretation",),
    f"{_ITEM}/versions/<int:version>": ("/staff/items/{policy}/versions/1",),
    "staff/pages": ("/staff/pages",), "staff/pages/<slug:slug>/guide": ("/staff/pages/lh-shuiwu/guide",),
    "staff/pages/<slug:slug>/rules/new": ("/staff/pages/lh-shuiwu/rules/new",), "staff/pages/rules/<int:pk>": ("/staff/pages/rules/{rule}",),
    "staff/entries": ("/staff/entries",), "staff/entries/<int:pk>": ("/staff/entries/{entry}",),
    **{f"staff/entries/<int:pk>/{name}": ("/staff/entries/{entry}/" + name,) for name in ("revise", "end")},
    **{f"staff/entries/of/<slug:slug>/{name}": (f"/staff/entries/of/lh-shuiwu/{name}",) for name in ("new", "import")},
    "staff/entries/import/<int:pk>": ("/staff/entries/import/{entry_table}",),
    "staff/cleanups": ("/staff/cleanups",), "staff/cleanups/new": ("/staff/cleanups/new",), "staff/cleanups/<int:pk>": ("/staff/cleanups/{round}",),
    "staff/cleanups/<int:pk>/close": ("/staff/cleanups/{round}/close",), "staff/cleanups/tasks/<int:pk>": ("/staff/cleanups/tasks/{task}",),
    "staff/shares": ("/staff/shares",), "staff/search-words": ("/staff/search-words",),
    "staff/review/conversions": ("/staff/review/conversions", "/staff/review/conversions?turn=same"),
    "staff/review": tuple(f"/staff/review?queue={name}" for name in ("mine", "referred", "publish", "overdue", "reassess", "emergency", "escalated")),
    _REVIEW: ("/staff/review/{waiting}", "/staff/review/{asked}", "/staff/review/{unsure}", "/staff/review/{forwarded}", "/staff/review/{approved}", "/staff/review/{policy}"),
    f"{_REVIEW}/submit": ("/staff/review/{leak}/submit", "/staff/review/{draft}/submit"),
    f"{_REVIEW}/refer": ("/staff/review/{unsure}/refer",), f"{_REVIEW}/answer": ("/staff/review/{asked}/answer",),
    f"{_REVIEW}/joint": ("/staff/review/{unsure}/joint",), f"{_REVIEW}/original": ("/staff/review/{forwarded}/original",),
    f"{_REVIEW}/original/drop": ("/staff/review/{forwarded}/original/drop",),
    f"{_REVIEW}/publish": ("/staff/review/{approved}/publish",), f"{_REVIEW}/emergency": ("/staff/review/{draft}/emergency",),
    f"{_REVIEW}/emergency-confirm": ("/staff/review/{asked}/emergency-confirm",),
    f"{_REVIEW}/emergency-review": ("/staff/review/{urgent}/emergency-review",), f"{_REVIEW}/withdraw": ("/staff/review/{policy}/withdraw",),
    f"{_REVIEW}/attribute": ("/staff/review/{kept}/attribute",), f"{_REVIEW}/reassess": ("/staff/review/{kept}/reassess",),
    "staff/review/routes/<slug:slug>": ("/staff/review/routes/lh-shuiwu",),
    "staff/reports": ("/staff/reports",), "staff/reports/upload": ("/staff/reports/upload",),
    "staff/reports/<int:pk>": ("/staff/reports/{draft_report}", "/staff/reports/{report}"),
    "staff/bringing-in/sites": ("/staff/bringing-in/sites",), "staff/bringing-in/sites/new": ("/staff/bringing-in/sites/new",),
    _SITE: tuple(f"/staff/bringing-in/sites/{{site_{one}}}" for one in ("looking", "ready", "running", "paused", "done")),
    "staff/bringing-in": ("/staff/bringing-in",), "staff/bringing-in/<int:pk>": ("/staff/bringing-in/{item_table}",),
}  # fmt: skip

ELSEWHERE = {
    "checker/<check_key:key>/": "test_reporting.py drops reports and looks at each result",
    "staff/reports/keep/<check_key:key>/<int:number>": "the upload form again, for a report just checked: test_reporting.py",
}
NO_PAGE: dict[str, tuple[str, ...]] = {
    "leads on": ("staff/", ),
    "for machines": (
        "health/live", "health/ready", "metrics", "robots.txt", "sitemap.xml", "sitemap-columns.xml", "sitemap-<int:part>.xml",
        f"{_COLUMN}/list.<feed_form:to>", *(f"api/{name}" for name in (
            "openapi.json", "items", "items/<int:number>", "organs", "organs/<slug:slug>", "entries", "pages", "reports",
            "reports/<slug:organ>/<int:year>", "counts", "interpretations", "search", "search/suggestions", "terms",
        )),
    ),
    "a file": (
        "staff/review/conversions.<slug:to>", f"{_COLUMN}/list.<list_form:to>", f"{_COLUMN}/request/form.<paper_form:to>", "info/<int:number>/files/<int:pk>",
        "reports/<slug:slug>/<report_year:year>/original", "reports/<slug:slug>/<report_year:year>/report.<str:to>",
        "checker/<check_key:key>/page/<int:number>/<int:page>.png", "checker/<check_key:key>/result.<str:to>",
        "staff/entries/of/<slug:slug>/export", f"{_REVIEW}/print/<slug:form>.<slug:suffix>", "staff/reports/<int:pk>/original",
        "staff/bringing-in/template", f"{_SITE}/pages.<str:to>",
        "staff/organs-import/template",
    ),
    "a piece of a page": ("search/suggest", "checker/<check_key:key>/progress", f"{_SITE}/progress"),
    "takes a POST": (
        "account/logout", "checker/<check_key:key>/forget", "staff/account/sessions/<int:pk>/end", "staff/posts/<int:pk>/end",
        "staff/people/<str:username>/reset", "staff/people/<str:username>/active", f"{_ITEM}/attach", "staff/files/<int:pk>/detach",
        "staff/interpretations/<int:pk>/unlink", *(f"staff/interpretations/proposed/<int:pk>/{name}" for name in ("consent", "end")),
        "staff/search-words/<int:pk>/drop", f"{_REVIEW}/pass", f"{_REVIEW}/approve", f"{_REVIEW}/return",
        *(f"staff/reports/<int:pk>/{name}" for name in ("publish", "withdraw", "reread", "discard")),
        *(f"{_SITE}/{name}" for name in ("start", "pause", "go-on", "stop", "reread")),
    ),
}  # fmt: skip


def known() -> set[str]:
    """Every route that says what it is."""
    return {*PUBLIC, *WITH_PASSWORD_ONLY, *INSIDE, *ELSEWHERE, *(route for some in NO_PAGE.values() for route in some)}


def addresses(scene: Scene) -> list[tuple[str, str]]:
    """(who looks, address), in an order that spreads the rooms."""
    asked = [(who, address) for who, pages in ((NOBODY, PUBLIC), (HALF, WITH_PASSWORD_ONLY), (STAFF, INSIDE)) for some in pages.values() for address in some]
    return [(who, address.format(**scene.ids)) for who, address in asked]
