"""Due dates of 100,000 open cases with 5 events each: the clock beside two day-by-day loops, in one run.

Both loops do what a straightforward programme does: walk from the day of receipt, one calendar day at a time, ask
whether it is a working day and whether a consultation is open, and count to the limit. The first asks
``chinese_calendar.is_workday``, the second looks the day up in a set made beforehand, the fastest such loop can be.
The dates of all three are compared on a sample of every run.

Usage: python benches/clocks.py [CASES]
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar

from gongkai.law import Event, Kind, default_rules, due, due_date, official_calendar

SAMPLE = 2_000


def make_cases(count: int, seed: int = 711) -> list[list[Event]]:
    """Open cases of 2019-2026 with five events: receipt, then a mix of consultations, corrections and extensions."""
    rng = random.Random(seed)
    first, span = date(2019, 5, 15), (date(2026, 6, 30) - date(2019, 5, 15)).days
    cases = []
    for _ in range(count):
        on = first + timedelta(days=rng.randrange(span))
        events = [Event(Kind.RECEIVED, on)]
        if rng.random() < 0.4:
            on += timedelta(days=rng.randint(1, 5))
            events.append(Event(Kind.CORRECTION_SENT, on))
            on += timedelta(days=rng.randint(1, 20))
            events.append(Event(Kind.CORRECTION_RECEIVED, on))
        else:
            on += timedelta(days=rng.randint(1, 4))
            events.append(Event(Kind.CONSULTATION_SENT, on))
            on += timedelta(days=rng.randint(1, 20))
            events.append(Event(Kind.CONSULTATION_RETURNED, on))
        on += timedelta(days=rng.randint(1, 3))
        if rng.random() < 0.5:
            events.append(Event(Kind.CONSULTATION_SENT, on))
            on += timedelta(days=rng.randint(1, 20))
            events.append(Event(Kind.CONSULTATION_RETURNED, on))
        else:
            events.append(Event(Kind.REASONS_REQUESTED, on))
            on += timedelta(days=rng.randint(1, 3))
            events.append(Event(Kind.EXTENSION, on, days=rng.randint(1, 20)))
        cases.append(events)
    return cases


def naive(events: list[Event], is_workday: Callable[[date], bool]) -> date:
    """The due date by walking the days: the state of the night before decides whether a day counts."""
    by_day: dict[date, list[Event]] = {}
    for event in events:
        by_day.setdefault(event.on, []).append(event)
    last_event = events[-1].on
    day, limit, used, consulting, waiting = events[0].on, 20, 0, 0, False
    due_on = None
    while True:
        if day > events[0].on and not waiting and not consulting and used < limit and is_workday(day):
            used += 1
            due_on = day
        for event in by_day.get(day, ()):
            if event.kind is Kind.CONSULTATION_SENT:
                consulting += 1
            elif event.kind is Kind.CONSULTATION_RETURNED:
                consulting -= 1
            elif event.kind is Kind.CORRECTION_SENT:
                waiting = True
            elif event.kind is Kind.CORRECTION_RECEIVED:
                waiting, used, limit = False, 0, 20
            elif event.kind is Kind.EXTENSION:
                limit += event.days or 0
        if used == limit and due_on is not None and day >= last_event:
            return due_on
        day += timedelta(days=1)


def timed(name: str, work: Callable[[], list[date | None]], count: int) -> tuple[list[date | None], float]:
    """The best of three rounds, in seconds of processor time: other work on the machine does not count."""
    seconds = float("inf")
    for _ in range(3):
        start = time.process_time()
        found = work()
        seconds = min(seconds, time.process_time() - start)
    print(f"{name:<44}{seconds:8.3f} s {count / seconds:12,.0f} cases/s")
    return found, seconds


def main(count: int) -> None:
    cases = make_cases(count)
    days, rule = official_calendar(), default_rules()
    workdays = {d.on for d in days.days(days.first, days.last) if d.working}
    ours, fast = timed("due_date", lambda: [due_date(c, days, rule) for c in cases], count)
    _, full = timed("due (state, days used and left)", lambda: [due(c, days, rules=rule).due for c in cases], count)
    slow_part = cases[: max(SAMPLE, count // 10)]
    library, loop = timed("loop, chinese_calendar.is_workday",
                          lambda: [naive(c, chinese_calendar.is_workday) for c in slow_part], len(slow_part))  # fmt: skip
    preset, loop_set = timed("loop, set of working days",
                             lambda: [naive(c, workdays.__contains__) for c in slow_part], len(slow_part))  # fmt: skip
    wrong = [i for i, c in enumerate(slow_part) if not ours[i] == library[i] == preset[i]]
    if wrong:
        raise SystemExit(f"{len(wrong)} dates differ, first case {wrong[0]}: {cases[wrong[0]]}")
    scale = count / len(slow_part)
    print(f"{len(slow_part):,} dates agree in all three")
    print(f"due_date is {loop * scale / fast:.1f}x the loop, {loop_set * scale / fast:.1f}x the loop with a set")
    print(f"due      is {loop * scale / full:.1f}x the loop, {loop_set * scale / full:.1f}x the loop with a set")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
