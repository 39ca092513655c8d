"""Verb: set the contact data of an organ's OGI office (Art. 4 and 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Address, Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Office, Organ, Role
from gongkai.web.organs.rules import HasRole, Open

FIELDS = ("name", "address", "postcode", "hours", "phone", "fax", "email", "online")


@dataclass(kw_only=True)
class ReviseOffice(Screened[Office]):
    """`values` holds every one of FIELDS."""

    verb = "organs.revise_office"
    title = "修改工作机构信息"

    organ: Organ
    values: Mapping[str, str]

    def rules(self) -> Iterable[Rule]:
        """The office itself, or the administrator."""
        yield HasRole(self.organ, (Role.OGI_OFFICE, Role.ADMIN), self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Valid fields."""
        try:
            self._filled().full_clean(exclude=["organ"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (Refusal("invalid", message, field=name) for message in messages)
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """Contact data are public at once; that they hold an office's telephone and mailbox is what they are for."""
        office = self._filled()
        names = ("name", "address", "hours", "phone", "fax", "email")
        words = tuple(Words(getattr(office, name), str(office._meta.get_field(name).verbose_name)) for name in names)
        return Publication(
            thing=self.organ, organ=self.organ, words=words, addresses=(Address(office.online, "互联网联系方式"),),
            expected=frozenset({"fixed_phone", "email"}),
        )  # fmt: skip

    def _filled(self) -> Office:
        office = Office.objects.filter(organ=self.organ).first() or Office(organ=self.organ)
        for name in FIELDS:
            setattr(office, name, self.values.get(name, ""))
        return office

    def change(self) -> Office:
        """Save."""
        office = self._filled()
        office.save()
        self.keep_findings()
        return office

    def subject(self, result: Office | None) -> Subject:
        """The organ."""
        return Subject.of(self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Public contact data."""
        return {**self.values, "passed_over": self.let_pass}
