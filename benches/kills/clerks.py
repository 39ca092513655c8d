"""People at work on the server through its pages: policies and their readings from the draft to the public; tables brought in."""

from __future__ import annotations

import csv
import io
import re
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

PASSWORD = "Cedar-Boat-4417"
TABLE_ROWS = 40
STAFF = {
    "fan": ("范既明", "drafter"), "xu": ("徐科", "section_reviewer"), "mi": ("宓密", "secrecy_reviewer"),
    "ou": ("欧阳澈", "ogi_office"), "gu": ("顾行简", "approver"),
}  # fmt: skip
HEADS = ["来源编号", "标题", "信息类别", "发布日期", "正文"]


def today() -> str:
    """As the platform dates."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


class NotDone(RuntimeError):  # noqa: N818
    """The server refused, or is gone: the act may have been done or not."""


@dataclass
class Act:
    """One act of one person on one of the two items of a case, or on both."""

    verb: str
    item: str
    who: str
    also: str = ""
    acknowledged: bool = False


def acts() -> list[Act]:
    """A policy and its reading, in the order in which they go."""
    found = [
        Act("catalogue.create", "policy", "fan"),
        Act("catalogue.attach", "policy", "fan"),
        Act("catalogue.create", "reading", "fan"),
        Act("catalogue.link_interpretation", "reading", "fan"),
    ]
    for item in ("policy", "reading"):
        found.append(Act("review.submit", item, "fan"))
        found += [Act("review.pass_step", item, who) for who in ("xu", "mi", "ou")]
        found.append(Act("review.approve", item, "gu"))
    found.append(Act("review.publish", "policy", "ou", also="reading"))
    return [*found, Act("catalogue.record_channel", "policy", "fan")]


@dataclass
class Case:
    """One pair of items; `numbers` of those whose creation was acknowledged."""

    name: str
    acts: list[Act] = field(default_factory=acts)
    numbers: dict[str, int] = field(default_factory=dict)

    def title(self, item: str) -> str:
        """Its title, which nothing else has."""
        return f"关于{self.name}号河段{'取水管理的通知' if item == 'policy' else '取水管理通知的解读'}"


@dataclass
class Table:
    """One table of rows, brought in on the pages."""

    name: str
    acknowledged: bool = False

    @property
    def keys(self) -> list[str]:
        """The rows' numbers in their source."""
        return [f"{self.name}-{row}" for row in range(TABLE_ROWS)]

    def content(self) -> bytes:
        """As CSV."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(HEADS)
        for key in self.keys:
            writer.writerow([key, f"第{key}号公告", "公告公示", "2024-05-06", "正文" * 50])
        return out.getvalue().encode()


class Desk:
    """The five people, signed in on one running server."""

    def __init__(self, address: str, organ: int) -> None:
        self.address, self.organ = address, organ
        self._clients: dict[str, httpx.Client] = {}

    def _client(self, who: str) -> httpx.Client:
        if who not in self._clients:
            client = httpx.Client(base_url=self.address, timeout=30, trust_env=False)
            self._clients[who] = client
            client.get("/account/login")
            self.post(who, "/account/login", {"username": who, "password": PASSWORD})
        return self._clients[who]

    def post(self, who: str, path: str, data: dict[str, Any], files: dict[str, Any] | None = None) -> str:
        """Where the server leads after the act. Raises NotDone."""
        try:
            client = self._client(who)
            answer = client.post(
                path, data=data, files=files, headers={"X-CSRFToken": client.cookies["csrftoken"]}
            )
        except (httpx.HTTPError, KeyError) as error:
            raise NotDone(f"{path}: {error!r}") from error
        to = answer.headers.get("Location", "")
        if answer.status_code != 302 or "reauthenticate" in to or ("/account/login" in to and "next" in to):
            said = re.sub(r"<[^>]+>|\s+", " ", answer.text)
            raise NotDone(f"{path}: {answer.status_code} {to} {said[:3000]}")
        return to

    def perform(self, case: Case, act: Act) -> None:
        """One act. Raises NotDone."""
        number = case.numbers.get(act.item)
        at, review = f"/staff/items/{number}", f"/staff/review/{number}"
        match act.verb:
            case "catalogue.create":
                to = self.post(act.who, "/staff/items/new", self._draft(case, act.item))
                case.numbers[act.item] = int(to.rsplit("/", 1)[1])
            case "catalogue.attach":
                content = f"附件：{case.name}号河段取水口一览".encode()
                self.post(
                    act.who, f"{at}/attach", {"heading": ""}, {"file": ("一览.txt", content, "text/plain")}
                )
            case "catalogue.link_interpretation":
                data = {"policy": str(case.numbers["policy"]), "form": "text"}
                self.post(act.who, f"{at}/interpretation", data)
            case "catalogue.record_channel":
                data = {"channel": "gazette", "on": today(), "place": f"公报第{case.name}期"}
                self.post(act.who, f"{at}/channel", data)
            case "review.submit":
                together = {"needs_reading": "on"} if act.item == "policy" else {}
                self.post(act.who, f"{review}/submit", {"note": "", **together})
            case "review.pass_step":
                self.post(act.who, f"{review}/pass", {"o-comment": "", "o-attribute": ""})
            case "review.approve":
                self.post(act.who, f"{review}/approve", {"o-comment": "", "o-attribute": ""})
            case "review.publish":
                self.post(act.who, f"{review}/publish", {"until": "", "readings": self._reading(act.who, review)})
        act.acknowledged = True

    def _reading(self, who: str, review: str) -> str:
        """What the page offers to publish together with the policy."""
        try:
            page = self._client(who).get(f"{review}/publish").text
        except httpx.HTTPError as error:
            raise NotDone(repr(error)) from error
        offered = re.search(r'name="readings"[^>]*value="(\d+)"', page)
        if offered is None:
            raise NotDone(f"{review}/publish offers no reading")
        return offered[1]

    def _draft(self, case: Case, item: str) -> dict[str, str]:
        return {
            "organ": str(self.organ), "title": case.title(item), "attribute": "proactive", "language": "zh-CN",
            "kind": "notice" if item == "policy" else "interpretation", "written_on": today(),
            "formed_on": today(), "art20": "regulations_and_normative_docs",
            "body": f"<p>各用水户：</p><p>现就{case.name}号河段取水有关事项说明如下。</p>",
        }  # fmt: skip

    def bring_in(self, table: Table) -> None:
        """Upload, look, bring in. Raises NotDone."""
        files = {"table": (f"{table.name}.csv", table.content(), "text/csv")}
        preview = self.post("fan", "/staff/bringing-in", {"organ": str(self.organ)}, files)
        self.post("fan", preview, {})
        table.acknowledged = True


class Work:
    """Clerks who go on until the server is gone: one thread for cases, one for tables."""

    def __init__(self, number: int, head_start: int) -> None:
        self.number, self.head_start = number, head_start
        # Set when the first case has got as far as it should before the kill may fall.
        self.under_way = threading.Event()
        self.cases: list[Case] = []
        self.tables: list[Table] = []
        self.gone = threading.Event()
        self.refused: list[str] = []
        self._threads: list[threading.Thread] = []

    def begin(self, address: str, organ: int) -> None:
        """Start both."""
        for act in (self._handle_cases, self._bring_in_tables):
            thread = threading.Thread(target=self._until_gone, args=(act, Desk(address, organ)), daemon=True)
            thread.start()
            self._threads.append(thread)

    def end(self) -> None:
        """Wait for both; the server has gone."""
        for thread in self._threads:
            thread.join()

    def _until_gone(self, act: Any, desk: Desk) -> None:
        try:
            act(desk)
        except NotDone as error:
            self.under_way.set()
            # An answer with words is a refusal, which no kill explains.
            if not self.gone.is_set() and "Error(" not in str(error):
                self.refused.append(str(error))

    def _handle_cases(self, desk: Desk) -> None:
        while not self.gone.is_set():
            case = Case(f"{self.number}-{len(self.cases)}")
            self.cases.append(case)
            for position, act in enumerate(case.acts):
                if position == self.head_start:
                    self.under_way.set()
                desk.perform(case, act)

    def _bring_in_tables(self, desk: Desk) -> None:
        while not self.gone.is_set():
            table = Table(f"{self.number}t{len(self.tables)}")
            self.tables.append(table)
            desk.bring_in(table)
            self.gone.wait(0.5)
