"""Checking: what in a report does not hold, the likeliest repair, and two reports side by side.

``check(report)`` gives findings, ``repair(report)`` proposals (never a changed report), ``compare(a, b)`` differences;
``to_text`` and ``to_sarif`` print findings. Basis: Articles 49 and 50 of the Regulation (国务院令第711号) and the
relations of the forms.
"""

from gongkai.checking.check import check
from gongkai.checking.compare import Comparison, FigureChange, compare
from gongkai.checking.deadline import filing_deadline
from gongkai.checking.prose import Passage, Reuse
from gongkai.checking.repair import Change, Part, Proposal, Repairs, repair
from gongkai.checking.sarif import to_sarif
from gongkai.checking.text import to_text

__all__ = [
    "Change", "Comparison", "FigureChange", "Part", "Passage", "Proposal", "Repairs", "Reuse", "check", "compare",
    "filing_deadline", "repair", "to_sarif", "to_text",
]  # fmt: skip
