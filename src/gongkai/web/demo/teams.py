"""Who takes the steps of a publication in the two organs that have all five."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.accounts.models import User
from gongkai.web.house.actor import Actor, Via

from .people import PEOPLE

# Who hands in, and who takes the steps after: unit, secrecy, office, approver.
CHAINS = (
    ("qicao", "shenhe", "baomi", "gongkai", "shenqian"),
    ("dongling-qicao", "dongling-shenhe", "dongling-baomi", "dongling-gongkai", "dongling-shenqian"),
)
OFFICE, APPROVER = 3, 4


@dataclass(frozen=True, slots=True)
class Team:
    """`people` in the order of CHAINS, of the organ `slug`."""

    slug: str
    people: tuple[Actor, ...]

    @property
    def office(self) -> Actor:
        """The OGI office."""
        return self.people[OFFICE]

    @property
    def approver(self) -> Actor:
        """Who signs."""
        return self.people[APPROVER]


def teams() -> dict[str, Team]:
    """By the drafter's sign-in name."""
    organs = {name: slug for name, _, slug, _ in PEOPLE}
    return {chain[0]: Team(organs[chain[0]], tuple(_actor(name) for name in chain)) for chain in CHAINS}


def _actor(name: str) -> Actor:
    """A person at the demonstration's own command: the password is not asked for again."""
    return Actor(User.objects.get(username=name), Via.CLI, freshly_authenticated=True)
