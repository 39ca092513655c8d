"""Guides and rules of every organ, and the standard catalogue of every county and township."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from gongkai.web.catalogue.models import CatalogueEntry, Item, PageKind, StandingPage
from gongkai.web.organs.models import Kind, Level, Organ

from .authors import Author
from .data_files import Matter, standing
from .planning import Paper

_NOT_FILLED = 4
"""Every so many entries the office forgot to hang anything at: gaps that the coverage page shows."""


def write_pages(authors: list[Author], today: date) -> None:
    """A guide (Art. 12) and the rules for every organ. Inside the caller's transaction."""
    revised = date(today.year, 1, 15)
    pages = []
    for author in authors:
        guide = {name: text.replace("{organ}", author.organ.name) for name, text in _guide().items()}
        title = f"{author.organ.name}政府信息公开指南"
        pages.append(
            StandingPage(
                organ=author.organ,
                kind=PageKind.GUIDE,
                title=title,
                published=True,
                revised_on=revised,
                **guide,
            )
        )
        for position, rule in enumerate(standing().rule, start=1):
            body = "".join(f"<p>{text}</p>" for text in rule.body)
            pages.append(
                StandingPage(
                    organ=author.organ, kind=PageKind.RULE, title=rule.title, position=position, body=body, published=True,
                    revised_on=revised,
                )
            )  # fmt: skip
    StandingPage.objects.bulk_create(pages)


def _guide() -> dict[str, str]:
    guide = standing().guide
    return {name: getattr(guide, name) for name in guide.__struct_fields__}


def write_catalogue(authors: list[Author], made: Mapping[Paper, Item]) -> None:
    """Entries with the items that fill them; some have none, some nothing fresh. Inside the caller's transaction."""
    by_matter: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for paper, item in made.items():
        by_matter[paper.author.organ.pk, paper.topic.name].append(item)
    owners = [
        *Organ.objects.filter(kind=Kind.REGION, level=Level.COUNTY),
        *Organ.objects.filter(level=Level.TOWNSHIP),
    ]
    slugs = {author.organ.slug: author.organ for author in authors}
    entries: list[tuple[CatalogueEntry, list[Item]]] = []
    for owner in owners:
        township = owner.level == Level.TOWNSHIP
        for seq, matter in enumerate(
            (one for one in standing().matter if one.township or not township), start=1
        ):
            responsible = owner if township else slugs[f"{owner.slug}-{matter.portfolio}"]
            items = [item for topic in matter.topics for item in by_matter[responsible.pk, topic]]
            forgotten = (seq + owner.pk) % _NOT_FILLED == 0
            entries.append((_entry(owner, seq, matter, responsible), [] if forgotten else items))
    CatalogueEntry.objects.bulk_create(entry for entry, _ in entries)
    through = CatalogueEntry.items.through
    through.objects.bulk_create(
        through(catalogueentry_id=entry.pk, item_id=item.pk) for entry, items in entries for item in items
    )


def _entry(owner: Organ, seq: int, matter: Matter, responsible: Organ) -> CatalogueEntry:
    return CatalogueEntry(
        organ=owner, field=matter.field, seq=seq, item_level1=matter.level1, item_level2=matter.level2,
        content_elements=matter.elements, legal_basis="《中华人民共和国政府信息公开条例》及有关规定", time_limit=matter.limit,
        responsible_body=responsible.name, responsible=responsible, carriers=["website", "service_centre", "notice_board"],
        audience_all=not matter.on_request, audience_specific="参保人本人" if matter.on_request else "",
        mode_proactive=not matter.on_request, mode_on_request=matter.on_request, level_county=True, level_township=matter.township,
    )  # fmt: skip
