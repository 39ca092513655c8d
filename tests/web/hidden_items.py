"""Items in every state in which the public must not see them, made through the verbs where there is one.

Use it at any exit: put them all in (`hide_everything`), ask the exit, and look for `MARK` and for each item's number:

    for hidden in hide_everything(town):
        assert not hidden.shown_in(client.get("/search?q=...").content.decode())

Every item carries `MARK` in title, body, summary, keywords, document number, file name and file content.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Attachment, Attribute, Item
from gongkai.web.organs.models import Organ, Role
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.actions.withdraw_item import WithdrawItem
from gongkai.web.review.checks.contents import examine_files
from gongkai.web.review.checks.examine import findings

from .support.town import Town, person

MARK = "隐匿标记蓼蓝"
_PEOPLE = {"q": Role.DRAFTER, "k": Role.SECTION_REVIEWER, "b": Role.SECRECY_REVIEWER, "g": Role.OGI_OFFICE, "s": Role.APPROVER}


@dataclass(frozen=True, slots=True)
class Hidden:
    """One item, the name of its state, its one attached file, and who may see it all the same (a user name)."""

    state: str
    item: Item
    file: Attachment
    insider: str

    def shown_in(self, text: str) -> bool:
        """Whether an answer tells of it."""
        own = (MARK, self.item.title, self.item.index_number, f"/info/{self.item.number}")
        return any(one in text for one in own)


def hide_everything(town: Town) -> list[Hidden]:
    """One item for each hidden state of the water bureau, and a draft of the neighbouring county's bureau."""
    _people(town, town.water, "w")
    _people(town, town.county_bureau, "c")
    return list(_states(town))


def _people(town: Town, organ: Organ, prefix: str) -> None:
    for key, role in _PEOPLE.items():
        name = f"hidden-{prefix}{key}"
        if name not in town.people:
            town.people[name] = person(name, f"钱{'甲乙丙丁戊'[list(_PEOPLE).index(key)]}", organ, role)


def _states(town: Town) -> Iterator[Hidden]:
    steps = ("k", "b", "g")
    yield _hidden("draft", town)
    for reached in range(4):
        yield _hidden(f"in_review_{reached + 1}", town, "submit", *steps[:reached])
    yield _hidden("returned", town, "submit", "return")
    yield _hidden("approved", town, "submit", *steps, "approve")
    yield _hidden("on_request", town, "submit", *steps, "approve", attribute=Attribute.ON_REQUEST, withheld_under="specific_parties")
    yield _hidden("not_public", town, "submit", *steps, "approve", attribute=Attribute.NOT_PUBLIC, withheld_under="process_info")
    yield _hidden("embargoed", town, "submit", *steps, "approve", "embargo")
    yield _hidden("withdrawn", town, "submit", *steps, "approve", "publish", "withdraw")
    yield _hidden("other_organ_draft", town, prefix="c", organ=town.county_bureau)
    yield _hidden("other_organ_in_review", town, "submit", prefix="c", organ=town.county_bureau)


def _hidden(state: str, town: Town, *acts: str, prefix: str = "w", organ: Organ | None = None, **values: object) -> Hidden:
    organ = organ or town.water

    def who(key: str):
        return town.actor(f"hidden-{prefix}{key}")

    fields = {
        "title": f"{MARK}（{state}）", "kind": "notice", "body": f"<p>{MARK}正文{state}</p>", "summary": f"{MARK}概述", "keywords": MARK,
        "document_number": f"{MARK[-2:]}发〔2026〕{Item.objects.count() + 101}号", "written_on": timezone.localdate(),
        "attribute": Attribute.PROACTIVE, "art20": "plans", **values,
    }  # fmt: skip
    item = CreateItem(actor=who("q"), organ=organ, values=fields).perform()
    content = f"{MARK}附件{state}{item.number}".encode()
    file = AttachFile(
        actor=who("q"), item=item, content=io.BytesIO(content), size=len(content), name=f"{MARK}{state}.txt"
    ).perform()
    for act in acts:
        _do(act, item, who)
    item.refresh_from_db()
    return Hidden(state, item, file, f"hidden-{prefix}q")


def _do(act: str, item: Item, who) -> None:
    item.refresh_from_db()
    examine_files(item)
    passed = {one.print: "测试" for one in findings(item)}
    later = timezone.now() + timedelta(days=30)
    acts = {
        "submit": lambda: SubmitItem(actor=who("q"), item=item, reasons=passed),
        "return": lambda: ReturnToDrafter(actor=who("k"), item=item, comment="请修改"),
        "approve": lambda: ApproveItem(actor=who("s"), item=item),
        "publish": lambda: PublishItem(actor=who("g"), item=item, reasons=passed),
        "embargo": lambda: PublishItem(actor=who("g"), item=item, reasons=passed, until=later),
        "withdraw": lambda: WithdrawItem(actor=who("g"), item=item, reason="测试撤下"),
    }
    make = acts.get(act) or (lambda: PassStep(actor=who(act), item=item))
    make().perform()


