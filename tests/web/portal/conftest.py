"""A published item with everything that can hang at one, and the same in every hidden state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from gongkai.web.catalogue.models import (
    Attachment,
    CatalogueEntry,
    ChannelUse,
    Interpretation,
    Item,
    OldAddress,
    Stage,
    StandingPage,
    StoredFile,
    TextState,
)
from gongkai.web.catalogue.models.standing import PageKind
from gongkai.web.portal import edition
from tests.web.catalogue.conftest import at, draft, own_files  # noqa: F401 - fixtures

PDF = b"%PDF-1.4\n%%EOF"
STATES = ("draft", "submitted", "returned", "approved", "kept", "withdrawn", "embargoed")


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test begins with an empty memory."""
    edition.pages.__init__()
    edition._values.__init__()


def dress(item: Item, other: Item | None = None) -> Item:
    """Files, a channel, an old address, an entry, and links both ways to `other`."""
    sha = f"{item.pk:064x}"
    file = StoredFile.objects.create(sha256=sha, size=len(PDF), type="pdf")
    default_storage.save(file.path, ContentFile(PDF))
    Attachment.objects.create(item=item, file=file, name=f"附{item.title}.pdf", title=f"附件：{item.title}")
    ChannelUse.objects.create(item=item, channel="wechat", on=date(2026, 1, 5), place=f"渠道{item.title}")
    OldAddress.objects.create(item=item, path=f"/zwgk/t{item.pk}.shtml?id=7")
    entry = CatalogueEntry.objects.filter(item_level1="政策法规").first()
    if entry is not None:
        entry.items.add(item)
    if other is not None:
        Interpretation.objects.create(policy=other, reading=item, form="text")
        Interpretation.objects.create(policy=item, reading=other, form="expert")
    return item


@pytest.fixture
def shelf(town, at):  # noqa: F811
    """A guide, a rule, a catalogue entry, and one public policy with a public reading."""
    StandingPage.objects.create(
        organ=town.water, kind=PageKind.GUIDE, title="临禾市水务局政府信息公开指南", published=True, classification="按条例分类。"
    )
    StandingPage.objects.create(organ=town.water, kind=PageKind.RULE, title="发布审查制度", published=True, body="<p>先审查。</p>")
    CatalogueEntry.objects.create(
        organ=town.water, field="budget", seq=1, item_level1="政策法规", content_elements="文件", carriers=[], mode_proactive=True
    )
    values = {"body": "<p>正文在此。</p>", "art20": "plans", "theme": "finance", "document_number": "临政规〔2025〕3号"}
    policy = at(Stage.PUBLISHED, title="节水办法", keywords="节水，水价", written_on=date(2025, 12, 1), **values)
    reading = at(Stage.PUBLISHED, title="节水办法怎么看", kind="interpretation", since=timezone.now() - timedelta(hours=3))
    dress(policy)
    StoredFile.objects.filter(attachments__item=policy).update(text="附件文字\n甲\t乙", text_state=TextState.DONE)
    dress(reading)
    Interpretation.objects.create(policy=policy, reading=reading, form="picture")
    town.policy, town.reading = policy, reading
    return town


@pytest.fixture
def hidden(shelf, at):  # noqa: F811
    """`hidden(state)`: an item in that state, dressed and linked to the public policy, which it also claims to end."""

    def make(state: str) -> Item:
        values = {"title": f"密{state}件", "body": f"<p>密文{state}</p>", "art20": "plans", "document_number": "临密〔2025〕9号"}
        if state == "kept":
            values |= {"attribute": "on_request", "withheld_under": "specific_parties"}
        if state == "embargoed":
            item = at(Stage.PUBLISHED, since=timezone.now() + timedelta(days=2), **values)
        else:
            item = at(Stage(state), **values)
        Item.objects.filter(pk=shelf.policy.pk).update(validity="repealed", validity_from=date(2026, 1, 1), validity_by=item)
        Item.objects.filter(pk=item.pk).update(validity="repealed", validity_from=date(2026, 1, 1), validity_by=shelf.policy)
        return dress(item, shelf.policy)

    return make


SLUG = "/column/lh-shuiwu"
CITY = "/column/linhe"


def exits(shelf) -> list[str]:
    """Every public address of portal and API, for this shelf."""
    rule = StandingPage.objects.get(kind=PageKind.RULE)
    entry = CatalogueEntry.objects.get()
    number = shelf.policy.number
    month = timezone.localdate().strftime("%Y/%-m")
    lists = [f"{place}/list{form}{query}" for place in (SLUG, CITY) for form in ("", ".rss", ".atom", ".csv", ".json", ".xlsx")
             for query in ("", "?art20=plans", "?validity=ended", f"?year={timezone.localdate().year}")
             if not (form == ".xlsx" and query)]  # fmt: skip
    pages = ("/", "/guide", "/rules", "/content", "/interpretations", "/calendar", f"/calendar/{month}", "/archive", "/catalogue",
             "/request")  # fmt: skip
    return [
        "/", *lists, *(f"{place}{page}" for place in (SLUG, CITY) for page in pages), f"{CITY}/organs", f"{SLUG}/request/form.docx", f"{SLUG}/request/form.pdf", f"{SLUG}/rules/{rule.pk}",
        f"{SLUG}/catalogue/budget", f"{SLUG}/entries/{entry.pk}", f"/info/{number}", f"/info/{number}/print",
        f"/info/{number}/files/{shelf.policy.attachments.get().pk}/text",
        f"/info/{shelf.reading.number}", "/sitemap.xml", "/sitemap-columns.xml", "/sitemap-1.xml", "/robots.txt", "/site/map",
        "/site/accessibility", "/site/subscribe", "/nowhere",
        "/api/", "/api/openapi.json", "/api/items", "/api/items?organ=lh-shuiwu&art20=plans", f"/api/items/{number}", "/api/organs",
        "/api/organs/lh-shuiwu", "/api/entries?organ=lh-shuiwu", "/api/pages?organ=lh-shuiwu", "/api/reports", "/api/terms", "/api/counts?organ=lh-shuiwu",
        "/api/interpretations", f"/api/items?entry={entry.pk}",
    ]  # fmt: skip


def body(answer) -> bytes:
    """The whole answer; a workbook unpacked, so that its words can be searched."""
    import io
    import zipfile

    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    return data
