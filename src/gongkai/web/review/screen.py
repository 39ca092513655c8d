"""The review looks at what the other rooms publish (house.publishing)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gongkai.web.house.actor import Actor
from gongkai.web.house.publishing import Publication
from gongkai.web.house.rule import Refusal

from .checks.contents import examine, links_of_contents
from .checks.examine import Finding, findings_of
from .checks.links import to_ask
from .checks.of_words import links_of_words
from .passing import finding_problems, keep_of
from .tasks import check_links


class Checks:
    """The checks before publication, for words and files that are no item."""

    def examine(self, publication: Publication) -> None:
        """Look at the files."""
        examine(publication.contents)

    def findings(self, publication: Publication) -> Sequence[Finding]:
        """What is found now."""
        return findings_of(publication)

    def problems(self, found: Sequence[Finding], reasons: Mapping[str, str]) -> Iterable[Refusal]:
        """What stands in the way."""
        return finding_problems(found, reasons)

    def keep(self, publication: Publication, verb: str, actor: Actor, found: Sequence[Finding], reasons: Mapping[str, str]) -> list[str]:
        """The record; links elsewhere are asked meanwhile, for whoever looks at it next."""
        if addresses := to_ask([*links_of_words(publication), *links_of_contents(publication.contents)]):
            check_links.enqueue(addresses)
        return keep_of(publication, actor, verb, found, reasons)
