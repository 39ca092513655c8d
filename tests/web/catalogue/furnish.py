"""A few believable items for the pages in a browser."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone

from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.actions.import_entries import ImportEntries
from gongkai.web.catalogue.actions.link_interpretation import LinkInterpretation
from gongkai.web.catalogue.actions.open_cleanup import OpenCleanup
from gongkai.web.catalogue.actions.place_items import PlaceItem
from gongkai.web.catalogue.actions.record_channel import RecordChannel
from gongkai.web.catalogue.actions.save_page import SavePage
from gongkai.web.catalogue.models import (
    CatalogueEntry,
    Form,
    Item,
    PageKind,
    Stage,
)
from gongkai.web.catalogue.standard.apply import rows_of
from gongkai.web.catalogue.standard.reading import read_catalogue
from gongkai.web.house.actor import Actor
from tests.web.support.town import Town

from .files import docx_bytes
from .test_standard import official

BODY = """<p class="to">各县（市、区）水务局：</p><p>为规范节约用水管理，制定本办法。</p>
<h2>第一章　总则</h2><p>第一条　本市行政区域内取水、供水、用水，适用本办法。</p>
<table><thead><tr><th scope="col">用途</th><th scope="col">定额</th></tr></thead><tbody><tr><td>居民</td><td>120升</td></tr></tbody></table>
<p class="sign">临禾市水务局<br>2026年2月3日</p>"""


def publish(item: Item, days: int = 1) -> Item:
    """As the review leaves it."""
    now = timezone.now()
    Item.objects.filter(pk=item.pk).update(
        stage=Stage.PUBLISHED, published_at=now - timedelta(days=days), submitted_at=now
    )
    item.refresh_from_db()
    return item


def furnish(town: Town) -> dict[str, Item]:
    """A policy with everything, its reading, drafts, a withheld item, a catalogue, a guide, a clean-up."""
    drafter, office = town.actor("fan"), town.actor("ou")

    def make(title: str, kind: str, **values) -> Item:
        values = {"title": title, "kind": kind, **values}
        return CreateItem(actor=drafter, organ=town.water, unit=town.section, values=values).perform()

    policy = make(
        "临禾市水务局关于印发临禾市节约用水管理办法的通知", "normative", document_number="临水规〔2026〕3号", body=BODY,
        written_on=date(2026, 2, 3), formed_on=date(2026, 2, 3), theme="agriculture", genre="notice", keywords="节水，用水定额",
        art20="regulations_and_normative_docs", summary="规定用水定额、计划用水和节水器具。", source="临禾市水务局",
    )  # fmt: skip
    data = docx_bytes("临禾市用水定额表")
    AttachFile(
        actor=drafter, item=policy, content=io.BytesIO(data), size=len(data), name="附件1.docx", heading="用水定额表"
    ).perform()
    publish(policy)
    reading = publish(make("一图读懂节约用水管理办法", "interpretation", theme="agriculture"))
    LinkInterpretation(actor=drafter, policy=policy, reading=reading, form=Form.PICTURE).perform()
    RecordChannel(
        actor=drafter, item=policy, channel="wechat", on=date(2026, 3, 1), address="https://weixin.example/1"
    ).perform()
    draft = make("临禾市水务局2026年水质监测情况通报（三月）", "notice", art20="supervision_inspection")
    kept = make("关于某取水工程的请示", "other", attribute="not_public", withheld_under="process_info")
    Item.objects.filter(pk=kept.pk).update(stage=Stage.KEPT, reassess_on=date(2026, 1, 1))
    old = publish(make("临禾市水务局关于加强河道采砂管理的通知", "normative", document_number="临水规〔2018〕1号",
                       written_on=date(2018, 5, 2), expires_on=date(2023, 5, 1)), 2000)  # fmt: skip
    rows = rows_of(read_catalogue("目录.xlsx", official()), town.water)
    ImportEntries(actor=Actor.operator(), organ=town.water, rows=rows, source="目录.xlsx").perform()
    PlaceItem(actor=drafter, item=old, entries=(CatalogueEntry.objects.get(seq=1),)).perform()
    PlaceItem(actor=drafter, item=policy, entries=(CatalogueEntry.objects.get(seq=2),)).perform()
    SavePage(
        actor=office, organ=town.water, kind=PageKind.GUIDE,
        values={"title": "临禾市水务局政府信息公开指南", "classification": "分类", "arrangement": "编排", "obtaining": "方式"},
    ).perform()  # fmt: skip
    SavePage(
        actor=office, organ=town.water, kind=PageKind.RULE, values={"title": "政府信息公开保密审查制度", "body": "<p>第一条</p>"}
    ).perform()  # fmt: skip
    OpenCleanup(actor=office, organ=town.water, year=2026, cutoff=date(2026, 3, 1)).perform()
    return {"policy": policy, "reading": reading, "draft": draft, "kept": kept, "old": old}
