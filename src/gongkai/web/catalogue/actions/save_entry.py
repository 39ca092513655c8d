"""Verb: enter or revise a row of the grass-roots standard catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import CatalogueEntry
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole, Open

FIELDS = (
    "field", "seq", "item_level1", "item_level2", "content_elements", "legal_basis", "time_limit", "fresh_days",
    "responsible_body", "responsible", "carriers", "audience_all", "audience_specific", "mode_proactive",
    "mode_on_request", "level_county", "level_township", "level_village",
)  # fmt: skip
TEXTS = (
    "item_level1", "item_level2", "content_elements", "legal_basis", "time_limit", "responsible_body", "audience_specific",
)  # fmt: skip
ROLES = (Role.OGI_OFFICE, Role.SUPERVISOR)


@dataclass(kw_only=True)
class SaveEntry(Screened[CatalogueEntry]):
    """`values` are fields of FIELDS; `entry` is None for a new row. The catalogue is public as it is saved."""

    verb = "catalogue.save_entry"
    title = "编制标准目录"

    organ: Organ
    values: Mapping[str, Any]
    entry: CatalogueEntry | None = None

    def rules(self) -> Iterable[Rule]:
        """The OGI office or the supervising office of the region or organ."""
        yield HasRole(self.organ, ROLES, self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Valid fields; someone is told, somehow, at some level."""
        entry = self._filled()
        try:
            entry.full_clean(exclude=["organ"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (
                    Refusal("invalid", text, field="" if name == "__all__" else name) for text in messages
                )
        same = CatalogueEntry.objects.filter(
            organ=self.organ, field=entry.field, item_level1=entry.item_level1, item_level2=entry.item_level2, ended_on=None
        )
        if same.exclude(pk=entry.pk).exists():
            yield Refusal("twice", f"目录中已有事项“{entry.item_level1}，{entry}”。请修改现有事项。", field="item_level2")
        unknown = [key for key in entry.carriers if key not in taxonomy.CARRIERS]
        if unknown:
            yield Refusal("carriers", f"不认识的公开渠道：{'、'.join(map(str, unknown))}。", field="carriers")
        if not (entry.audience_all or entry.audience_specific):
            yield Refusal("audience", "请勾选公开对象：全社会或特定群体。", field="audience_all")
        if not (entry.mode_proactive or entry.mode_on_request):
            yield Refusal("mode", "请勾选公开方式：主动或依申请。", field="mode_proactive")
        if not (entry.level_county or entry.level_township or entry.level_village):
            yield Refusal("level", "请勾选公开层级：县级或乡级、村级。", field="level_county")
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """The texts of the row."""
        entry = self._filled()
        words = (Words(getattr(entry, name), str(entry._meta.get_field(name).verbose_name)) for name in TEXTS)
        return Publication(thing=entry, organ=self.organ, words=tuple(words))

    def _filled(self) -> CatalogueEntry:
        entry = self.entry or CatalogueEntry(organ=self.organ)
        strange = set(self.values) - set(FIELDS)
        if strange:
            raise ValueError(f"not fields of an entry: {sorted(strange)}")
        for name, value in self.values.items():
            setattr(entry, name, value)
        return entry

    def change(self) -> CatalogueEntry:
        """Save."""
        entry = self._filled()
        entry.save()
        self.keep_findings(entry)
        return entry

    def subject(self, result: CatalogueEntry | None) -> Subject:
        """The entry, or the organ while there is none."""
        thing = result or self.entry
        return Subject.of(thing or self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """The row."""
        return {name: str(value) for name, value in self.values.items()} | {"passed_over": self.let_pass}
