"""The information processing fee (信息处理费, 国办函〔2020〕109号): tariffs as data, money as Decimal, in yuan.

Each request is charged by one of two tariffs, never both. By item, the applicant's items of one calendar month add
up, and a request pays for the items it adds; by volume, every request is counted by itself. Both are progressive on
the excess: each unit pays the rate of the band it falls in.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

TariffKey = Literal["per_item", "per_volume"]


class FeeError(ValueError):
    """A quantity or date no tariff covers, or a tariff table with gaps; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Band:
    """Units ``first`` to ``last`` (None: without end) at ``rate`` yuan each."""

    first: int
    last: int | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a calculation: ``units`` in the band, at its rate."""

    band: Band
    units: int

    @property
    def amount(self) -> Decimal:
        return self.band.rate * self.units


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff and the days it is in force. ``step`` is (width, rise of the rate) past the last band."""

    key: TariffKey
    name: str
    unit: str
    start: date
    end: date | None
    basis: str
    bands: tuple[Band, ...]
    step: tuple[int, Decimal] | None

    def lines(self, quantity: int, before: int = 0) -> tuple[Line, ...]:
        """Units ``before`` + 1 to ``before`` + ``quantity``, band by band. Raises FeeError for a negative number."""
        if quantity < 0 or before < 0:
            raise FeeError(f"数量不能为负：{min(quantity, before)}{self.unit}。请核对。")
        out, top = [], before + quantity
        for band in self._bands():
            end = top if band.last is None else min(top, band.last)
            if (units := end - max(before, band.first - 1)) > 0:
                out.append(Line(band, units))
            if band.last is None or band.last >= top:
                break
        return tuple(out)

    def fee(self, quantity: int, before: int = 0) -> Decimal:
        """What ``quantity`` units cost after ``before`` units, in yuan."""
        return sum((line.amount for line in self.lines(quantity, before)), Decimal(0))

    def _bands(self) -> Iterator[Band]:
        yield from self.bands
        if self.step is not None:
            last, rate = self.bands[-1].last, self.bands[-1].rate
            assert last is not None  # an open band and a step exclude each other: checked at loading
            while True:
                rate += self.step[1]
                yield Band(last + 1, last + self.step[0], rate)
                last += self.step[0]


@dataclass(frozen=True, slots=True)
class Charged:
    """A request to be charged: whose, received when, by which tariff, and how many items or pages."""

    id: str
    applicant: str
    received: date
    tariff: TariffKey
    quantity: int


@dataclass(frozen=True, slots=True)
class Charge:
    """What one request costs. ``before`` is what the applicant had already asked for in the same calendar month."""

    request: Charged
    tariff: Tariff
    before: int
    lines: tuple[Line, ...]

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


def tariff(key: TariffKey, on: date, table: Sequence[Tariff] | None = None) -> Tariff:
    """The tariff in force on a day. Raises FeeError when there is none."""
    for entry in table or tariffs():
        if entry.key == key and entry.start <= on and (entry.end is None or on <= entry.end):
            return entry
    raise FeeError(f"{on}没有生效的信息处理费标准，不得收费。请核对日期，或补充收费标准。")


def charges(requests: Iterable[Charged], table: Sequence[Tariff] | None = None) -> tuple[Charge, ...]:
    """What each request costs, in the order of receipt. Items add up per applicant and calendar month.

    Requests charged by volume do not add to the month's items: a request is never charged by both tariffs.
    Raises FeeError for a request given twice.
    """
    months: defaultdict[tuple[str, int, int], int] = defaultdict(int)
    seen: set[str] = set()
    out = []
    for request in sorted(requests, key=lambda r: r.received):
        if request.id in seen:
            raise FeeError(f"申请“{request.id}”重复列入；每件申请只能适用一种标准。请核对。")
        seen.add(request.id)
        entry = tariff(request.tariff, request.received, table)
        month = (request.applicant, request.received.year, request.received.month)
        before = months[month] if request.tariff == "per_item" else 0
        out.append(Charge(request, entry, before, entry.lines(request.quantity, before)))
        if request.tariff == "per_item":
            months[month] += request.quantity
    return tuple(out)


@cache
def tariffs() -> tuple[Tariff, ...]:
    """The tariffs of the installed data."""
    return load_tariffs((files("gongkai.law") / "data" / "fees.toml").read_text("utf-8"))


def load_tariffs(text: str) -> tuple[Tariff, ...]:
    """Tariffs from a TOML text. Raises FeeError naming the tariff that has gaps or no end."""
    try:
        return tuple(_tariff(raw) for raw in tomllib.loads(text)["tariff"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise FeeError(f"收费标准文件的格式不对：{error}。请参照说明文档。") from error


def _tariff(raw: dict[str, Any]) -> Tariff:
    bands, first = [], 1
    for entry in raw["bands"]:
        if entry["upto"] < first:
            raise FeeError(f"收费标准“{raw['name']}”的各档没有依次递增。请核对。")
        bands.append(Band(first, entry["upto"], Decimal(entry["yuan"])))
        first = entry["upto"] + 1
    if ("step" in raw) == ("rest" in raw):
        raise FeeError(f"收费标准“{raw['name']}”应写明末档之后如何计算：step 或者 rest，二者取一。")
    if "rest" in raw:
        bands.append(Band(first, None, Decimal(raw["rest"])))
    step = (int(raw["step"]["every"]), Decimal(raw["step"]["add"])) if "step" in raw else None
    return Tariff(raw["key"], raw["name"], raw["unit"], raw["from"], raw.get("to"), raw["basis"], tuple(bands), step)
