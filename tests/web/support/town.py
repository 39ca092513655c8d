"""A small invented town, made through the verbs."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.web.accounts.actions.create_staff import CreateStaff
from gongkai.web.accounts.models import Authenticator, User
from gongkai.web.accounts.one_time_codes import new_secret
from gongkai.web.house.actor import Actor
from gongkai.web.organs.actions.create_organ import CreateOrgan
from gongkai.web.organs.actions.revise_office import ReviseOffice
from gongkai.web.organs.models import Kind, Level, Organ, Role, Type

PASSWORD = "Cedar-Boat-4417"


def organ(
    slug: str, name: str, parent: Organ | None, kind: Kind, level: Level = Level.CITY, **more: object
) -> Organ:
    """A new organ, entered by the operator."""
    new = Organ(slug=slug, name=name, parent=parent, kind=kind, level=level, **more)
    return CreateOrgan(actor=Actor.operator(), organ=new).perform()


def person(
    username: str, name: str, where: Organ, role: Role, *, mobile: str = "", settled: bool = True
) -> User:
    """A member of staff; `settled`: own password set, authenticator bound."""
    new = CreateStaff(
        actor=Actor.operator(), organ=where, username=username, name=name, role=role, mobile=mobile
    ).perform()
    if settled:
        new.user.set_password(PASSWORD)
        new.user.must_change_password = False
        new.user.save()
        Authenticator.objects.create(user=new.user, secret=new_secret(), name="手机", confirmed=True)
    return new.user


@dataclass
class Town:
    """区→局→科, and one neighbouring county."""

    city: Organ
    water: Organ
    section: Organ
    hidden: Organ
    county: Organ
    county_bureau: Organ
    admin: User
    people: dict[str, User] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """Signed in, password typed just now."""
        return Actor(self.people[username], address="127.0.0.1", freshly_authenticated=True)


def build() -> Town:
    """Everything, in one go."""
    city = organ("linhe", "临禾市", None, Kind.REGION, division_code="139900")
    water = organ("lh-shuiwu", "临禾市水务局", city, Kind.ORGAN, type=Type.DEPARTMENT)
    section = organ("lh-shuiwu-fagui", "政策法规科", water, Kind.INTERNAL, listed=False)
    hidden = organ("lh-weiban", "临禾市某委员会办公室", city, Kind.ORGAN, listed=False)
    county = organ("dongpo", "东坡县", city, Kind.REGION, Level.COUNTY, division_code="139921")
    bureau = organ("dp-nongye", "东坡县农业农村局", county, Kind.ORGAN, Level.COUNTY, type=Type.DEPARTMENT)
    values = {
        "name": "局办公室",
        "address": "临水路7号",
        "hours": "工作日8:30至17:30",
        "phone": "0000-5550101",
    }
    ReviseOffice(actor=Actor.operator(), organ=water, values=values).perform()
    people = {
        "shi": person("shi", "石岚", city, Role.ADMIN),
        "lin": person("lin", "林砚", county, Role.ADMIN),
        "fan": person("fan", "范既明", water, Role.DRAFTER, mobile="13900001234"),
        "gu": person("gu", "顾行简", water, Role.APPROVER),
        "ou": person("ou", "欧阳澈", water, Role.OGI_OFFICE),
        "he": person("he", "何慎", city, Role.AUDITOR),
    }
    return Town(city, water, section, hidden, county, bureau, people["shi"], people)
