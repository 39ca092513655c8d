"""How a finding is told again (ADR 0077)."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from .finding import Found


def print_of(one: Found, where: str) -> str:
    """Keyed: a plain hash of a telephone number is as good as the number. `where`: the text, or the content's hash."""
    told = f"{one.check}\0{where}\0{one.value or one.excerpt}\0{one.place if not one.value else ''}"
    return salted_hmac("gongkai.review.finding", told, algorithm="sha256").hexdigest()
