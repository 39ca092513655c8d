"""What a cell of a workbook shows."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Value = str | int | float | bool | date | datetime | time | timedelta | None


def printed(value: Value) -> str:
    """A value as a person reads it: 12.0 as 12, amounts to the 15 digits a workbook keeps, dates in ISO order.

    A double such as 34435.860000000001 is 34435.86: the sixteenth digit and on are noise of the binary form.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(format(value, ".15g"))
    if exact == 0:
        return "0"
    if abs(exact.adjusted()) > 20:
        return str(exact)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
