"""Planned papers -> rows of the catalogue, in bulk."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import ChannelUse, Interpretation, Item, Stage, Validity
from gongkai.web.catalogue.numbering import number_items
from gongkai.web.organs.models import Kind, Organ

from .composing import compose
from .language import Speech
from .planning import Paper

BATCH = 500


def write_items(papers: list[Paper], speech: Speech) -> dict[Paper, Item]:
    """Save every paper as a published item, then what changes and reads what. Inside the caller's transaction."""
    units = {unit.parent_id: unit for unit in Organ.objects.filter(kind=Kind.INTERNAL)}
    made = {paper: _item(paper, speech, units.get(paper.author.organ.pk)) for paper in papers}
    in_time = sorted(made.items(), key=lambda pair: pair[0].published)
    for year, group in groupby(in_time, key=lambda pair: timezone.localtime(pair[0].published).year):
        number_items([item for _, item in group], year)
    Item.objects.bulk_create(made.values(), batch_size=BATCH)
    changed = [_changed(paper, made) for paper in papers if paper.changed_by is not None]
    Item.objects.bulk_update(changed, ["validity_by", "validity_from", "validity_basis"], batch_size=BATCH)
    Interpretation.objects.bulk_create(
        Interpretation(
            policy=made[paper.reads], reading=item, form=paper.reading.form, linked_at=paper.published
        )
        for paper, item in made.items()
        if paper.reads is not None and paper.reading is not None
    )
    ChannelUse.objects.bulk_create(
        [use for paper, item in made.items() for use in _channels(paper, item, speech)], batch_size=BATCH
    )
    return made


def _item(paper: Paper, speech: Speech, unit: Organ | None) -> Item:
    topic, shape, reading = paper.topic, paper.shape, paper.reading
    lines = shape.body if shape else reading.body if reading else ()
    words = [topic.name, *topic.matters[:2], paper.author.place]
    item = Item(
        organ=paper.author.organ, unit=unit, title=paper.title, kind=shape.kind if shape else "interpretation",
        genre=shape.genre if shape else "interpretation", art20=(shape.art20 if shape else "") or topic.art20,
        art21=topic.art21 if _owes(topic.art21, paper.author.level) else "", theme=paper.author.portfolio.theme,
        document_number=paper.number, written_on=paper.written, formed_on=paper.written, effective_on=paper.effective,
        expires_on=paper.expires, validity=paper.validity, keywords="，".join(dict.fromkeys(words)),
        summary=f"{paper.author.organ.name}发布的{topic.name}有关信息，涉及{paper.facts['m1']}、{paper.facts['m2']}。",
        body=compose(lines, paper.facts, speech, paper.author.scale), source=paper.author.organ.name,
        stage=Stage.PUBLISHED, published_at=paper.published, created_at=paper.published - timedelta(days=3),
    )  # fmt: skip
    item.prepare()
    return item


def _owes(key: str, level: int) -> bool:
    return bool(key) and level in taxonomy.ART21[key].levels


def _changed(paper: Paper, made: dict[Paper, Item]) -> Item:
    assert paper.changed_by is not None
    item, by = made[paper], made[paper.changed_by]
    item.validity_by, item.validity_from = by, by.effective_on
    word = "修改" if paper.validity == Validity.AMENDED else "废止"
    item.validity_basis = f"被《{paper.changed_by.short}》（{by.document_number}）{word}"[:200]
    return item


def _channels(paper: Paper, item: Item, speech: Speech) -> list[ChannelUse]:
    """The site always; policies and notices in other places too, as an office would choose."""
    random, day = speech.random, timezone.localtime(paper.published).date()
    region = paper.author.region.name
    places = {"website": ""}
    if random.random() < (0.6 if paper.reads else 0.3):
        places["wechat"] = f"{region}发布"
    if random.random() < 0.08:
        places["weibo"] = f"{region}发布"
    if random.random() < 0.07:
        places["app"] = f"掌上{region[:2]}"
    if item.kind in ("normative", "rules") and random.random() < 0.7:
        places["gazette"] = f"《{region}人民政府公报》{day.year}年第{(day.month + 1) // 2}期"
    if paper.reading is not None and paper.reading.form == "press_conference":
        places["press_conference"] = f"{region}政府新闻办发布厅"
    if item.kind == "notice" and random.random() < 0.15:
        places["service_hall"] = f"{region}政务服务大厅"
    if item.kind in ("normative", "policy") and random.random() < 0.12:
        places["reading_place"] = f"{region}图书馆政府信息查阅点"
    return [
        ChannelUse(item=item, channel=channel, on=day, place=place, recorded_at=paper.published)
        for channel, place in places.items()
    ]
