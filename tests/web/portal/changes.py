"""Every kind of change that a document page can show, as stories of steps: insert, update, delete, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from gongkai.web.catalogue.models import (
    Attachment,
    CatalogueEntry,
    ChannelUse,
    Interpretation,
    Item,
    Stage,
    StoredFile,
)
from gongkai.web.organs.models import Office, Organ, OrganName, Within

Story = Callable[["World"], Iterator[None]]
STORIES: dict[Story, tuple[str, ...]] = {}


@dataclass
class Clock:
    """`timezone.now` of a test."""

    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """The real moment, moved."""
        return datetime.now(UTC) + self.ahead


@dataclass
class World:
    """The town of the tests with a few documents; `made` gives a published item."""

    town: object
    clock: Clock
    items: dict[str, Item]
    made: Callable[..., Item]

    def change(self, name: str, **values: object) -> None:
        """Past every verb, as SQL would."""
        Item.objects.filter(pk=self.items[name].pk).update(**values)


def story(*tables: str) -> Callable[[Story], Story]:
    """Each `yield` is a moment at which every page must be right; `tables`: whose triggers the story needs, one by one."""

    def tell(function: Story) -> Story:
        STORIES[function] = tables
        return function

    return tell


@story("catalogue_item_update")
def rewording(world: World) -> Iterator[None]:
    """Titles of an item, of what it interprets and of what interprets it."""
    for name in ("policy", "reading", "ender", "county"):
        world.change(name, title=f"改了标题的{name}", body=f"<p>新正文{name}</p>")
        yield


@story()
def withdrawing(world: World) -> Iterator[None]:
    """Out and in again."""
    for name in ("reading", "ender", "policy"):
        world.change(name, stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
        yield
        world.change(name, stage=Stage.PUBLISHED)
        yield


@story()
def publishing(world: World) -> Iterator[None]:
    """A draft that was linked before comes out."""
    Interpretation.objects.create(policy=world.items["county"], reading=world.items["draft"], form="video")
    yield
    world.change("draft", stage=Stage.PUBLISHED, published_at=timezone.now() - timedelta(hours=1))
    yield


@story()
def ending(world: World) -> Iterator[None]:
    """One document is ended by another, then by none."""
    world.change("term", validity="repealed", validity_from=date(2026, 1, 1), validity_by=world.items["ender"])
    yield
    world.change("ender", document_number="临政规〔2026〕77号")
    yield
    world.change("term", validity="in_force", validity_from=None, validity_by=None)
    yield


@story("catalogue_item_insert", "catalogue_item_delete")
def ending_item_comes_and_goes(world: World) -> Iterator[None]:
    """An item that names the one that changed it from its first moment; then it is deleted."""
    facts = {"validity": "amended", "validity_from": date(2026, 1, 2), "validity_by": world.items["county"]}
    item = Item(organ=world.town.water, number=2026_900_001, index_number="X-1", title="原办法", kind="normative", stage=Stage.PUBLISHED, published_at=timezone.now() - timedelta(days=9), **facts)
    Item.objects.bulk_create([item])
    yield
    Item.objects.filter(number=item.number).delete()
    yield


@story("catalogue_item_joint_organs")
def joint_organs(world: World) -> Iterator[None]:
    """联合发文机关."""
    through = Item.joint_organs.through.objects
    world.items["policy"].joint_organs.add(world.town.county_bureau)
    yield
    through.filter(item=world.items["policy"]).update(organ=world.town.city)
    yield
    through.filter(item=world.items["policy"]).delete()
    yield


@story("catalogue_attachment", "catalogue_storedfile")
def files(world: World) -> Iterator[None]:
    """附件 and what is said of the stored file."""
    stored = StoredFile.objects.create(sha256="ab" * 32, size=2048, type="pdf")
    one = Attachment.objects.create(item=world.items["term"], file=stored, name="表.pdf")
    yield
    Attachment.objects.filter(pk=one.pk).update(title="一张表")
    yield
    StoredFile.objects.filter(pk=stored.pk).update(size=9 * 1024 * 1024)
    yield
    Attachment.objects.filter(pk=one.pk).update(item=world.items["county"])
    yield
    Attachment.objects.filter(pk=one.pk).delete()
    yield


@story("catalogue_channeluse")
def channels(world: World) -> Iterator[None]:
    """同时发布于."""
    one = ChannelUse.objects.create(item=world.items["ender"], channel="wechat", on=date(2026, 2, 3))
    yield
    ChannelUse.objects.filter(pk=one.pk).update(place="第3期")
    yield
    ChannelUse.objects.filter(pk=one.pk).delete()
    yield


@story("catalogue_interpretation")
def links(world: World) -> Iterator[None]:
    """政策解读, both ways."""
    one = Interpretation.objects.create(policy=world.items["term"], reading=world.items["county"], form="text")
    yield
    Interpretation.objects.filter(pk=one.pk).update(form="expert")
    yield
    Interpretation.objects.filter(pk=one.pk).update(policy=world.items["ender"])
    yield
    Interpretation.objects.filter(pk=one.pk).delete()
    yield


@story("catalogue_catalogueentry")
def entries(world: World) -> Iterator[None]:
    """所属标准目录事项."""
    entry = CatalogueEntry.objects.create(organ=world.town.water, field="budget", seq=9, item_level1="另一事项", content_elements="文件", carriers=[])
    entry.items.add(world.items["term"])
    yield
    CatalogueEntry.objects.filter(pk=entry.pk).update(item_level2="细一些的事项")
    yield
    CatalogueEntry.items.through.objects.filter(catalogueentry=entry).update(item=world.items["ender"])
    yield
    CatalogueEntry.objects.filter(pk=entry.pk).update(ended_on=date(2026, 1, 1))
    yield
    CatalogueEntry.objects.filter(pk=entry.pk).update(ended_on=None)
    yield
    entry.delete()
    yield


@story("organs_organ_")
def organs(world: World) -> Iterator[None]:
    """Names and neighbours."""
    Organ.objects.filter(pk=world.town.water.pk).update(name="临禾市水利局")
    yield
    new = Organ.objects.create(slug="lh-xin", name="临禾市新设局", parent=world.town.city, kind="organ", level=3)
    yield
    Organ.objects.filter(pk=new.pk).update(listed=False)
    yield
    Organ.objects.filter(pk=new.pk).update(listed=True)
    yield
    Organ.objects.filter(pk=new.pk)._raw_delete("default")  # Django's own deletion touches the tables beside it as well
    yield


@story("organs_organname")
def names_in_time(world: World) -> Iterator[None]:
    """The publisher's name on the day."""
    one = OrganName.objects.create(organ=world.town.water, name="临禾市水务和水利局", since=date(2025, 1, 1))
    yield
    OrganName.objects.filter(pk=one.pk).update(name="临禾市河道局")
    yield
    OrganName.objects.filter(pk=one.pk).delete()
    yield


@story("organs_office")
def offices(world: World) -> Iterator[None]:
    """The footer."""
    Office.objects.filter(organ=world.town.water).update(phone="0000-5559999")
    yield
    Office.objects.filter(organ=world.town.water).delete()
    yield
    Office.objects.create(organ=world.town.water, name="办公室", address="临水路8号")
    yield


@story("organs_within")
def places(world: World) -> Iterator[None]:
    """The line of organs above."""
    own = Within.objects.filter(low=world.town.county_bureau)
    city, county = own.get(high=world.town.city), own.get(high=world.town.county)
    Within.objects.filter(pk=city.pk).update(depth=county.depth)
    Within.objects.filter(pk=county.pk).update(depth=city.depth)
    yield
    Within.objects.filter(pk=city.pk).delete()
    yield
    Within.objects.create(high=world.town.city, low=world.town.county_bureau, depth=2)
    yield
    Within.objects.filter(pk=county.pk).update(depth=1)
    yield


@story()
def time_passes(world: World) -> Iterator[None]:
    """Past the embargo of a linked item, past the end of a term, and back again."""
    for days in (1, 3, 8, 3, 0):
        world.clock.ahead = timedelta(days=days)
        yield


@story()
def embargo_moves(world: World) -> Iterator[None]:
    """The linked item comes earlier, then later."""
    for hours in (-2, 60):
        world.change("soon", published_at=timezone.now() + timedelta(hours=hours))
        yield
