"""The law as code: working days, clocks, fees, decision grounds, and the ledger's way to tables 3 and 4.

Pure functions over plain data; each rule cites its article. Basis: 政府信息公开条例 (国务院令第711号) unless a
function says otherwise. What the sources leave open is data with a default (``data/*.toml``), never a constant.
"""

from gongkai.law.calendar import Calendar, Day, official_calendar
from gongkai.law.deadline import Deadline, due, due_date
from gongkai.law.decisions import (
    Decision,
    DecisionError,
    Ground,
    Outcome,
    grounds,
    may_stand_together,
    outcome,
)
from gongkai.law.events import Channel, Event, HistoryError, Kind, Party, Receipt, receipt
from gongkai.law.explain import Explanation, Step
from gongkai.law.fees import Charge, Charged, FeeError, Tariff, charges, load_tariffs, tariff, tariffs
from gongkai.law.ledger import Case, Entry, LedgerError, YearTable, form_of_year, ledger_facts, requests_table
from gongkai.law.ledger_remedies import RemedyCase, RemedyTable, remedies_table
from gongkai.law.moves import Move, Status, legal_move, legal_moves
from gongkai.law.notices import CalendarError, Notice, parse_notice
from gongkai.law.periods import (
    Period,
    correction_notice,
    litigation,
    litigation_after_review,
    opinion,
    payment,
    publication,
    reconsideration,
)  # fmt: skip
from gongkai.law.plain import from_plain, to_plain
from gongkai.law.refusals import Irregularity, Refusal
from gongkai.law.remedies import Remedy, remedy
from gongkai.law.restatement import ClosedYear, Restatement, carry_breaks, close_year, restatements
from gongkai.law.rules import Rules, RulesError, default_rules
from gongkai.law.standing import Standing, State

__all__ = [
    "Calendar", "CalendarError", "Case", "Channel", "Charge", "Charged", "ClosedYear", "Day", "Deadline", "Decision",
    "DecisionError", "Entry", "Event", "Explanation", "FeeError", "Ground", "HistoryError", "Irregularity", "Kind",
    "LedgerError", "Move", "Notice", "Outcome", "Party", "Period", "Receipt", "Refusal", "Remedy", "RemedyCase",
    "RemedyTable", "Restatement", "Rules", "RulesError", "Standing", "State", "Status", "Step", "Tariff", "YearTable", "carry_breaks",
    "charges", "close_year", "correction_notice", "default_rules", "due", "due_date", "form_of_year", "from_plain",
    "grounds", "ledger_facts", "legal_move", "legal_moves", "litigation", "litigation_after_review", "load_tariffs",
    "may_stand_together", "official_calendar", "opinion", "outcome", "parse_notice", "payment", "publication", "receipt",
    "reconsideration", "remedies_table", "remedy", "requests_table", "restatements", "tariff", "tariffs", "to_plain",
]  # fmt: skip
