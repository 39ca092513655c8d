"""Checking: what in a report does not hold, the likeliest repair, and two reports side by side."""

from gongkai.checking.check import check

__all__ = ["check"]
