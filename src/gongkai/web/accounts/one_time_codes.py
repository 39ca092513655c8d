"""One-time codes of the authenticator (RFC 6238: SHA-1, 30 s, 6 digits) and recovery codes."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from urllib.parse import quote, urlencode

from django_otp.oath import hotp

STEP_SECONDS, DIGITS = 30, 6
# One step before and after: clocks of phones differ.
DRIFT = (0, -1, 1)
RECOVERY_CODES = 10


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps want it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_now() -> int:
    """The number of the running 30-second step."""
    return int(time.time()) // STEP_SECONDS


def code(secret: str, step: int) -> str:
    """The code of `step`."""
    return str(hotp(base64.b32decode(secret), step, DIGITS)).zfill(DIGITS)


def matching_step(secret: str, token: str, after: int) -> int | None:
    """The step whose code is `token`, if later than `after` (a code works once), else None."""
    token = token.replace(" ", "")
    now = step_now()
    if after > now + max(DRIFT):
        after = -1  # noted by a clock that ran ahead: it says nothing about the codes of now
    for drift in DRIFT:
        if now + drift > after and secrets.compare_digest(code(secret, now + drift).encode(), token.encode()):
            return now + drift
    return None


def address(secret: str, username: str, issuer: str) -> str:
    """The otpauth address that the picture on the set-up page carries."""
    query = urlencode(
        {"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS}, quote_via=quote
    )
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?{query}"


def new_recovery_codes() -> list[str]:
    """Ten codes like 4f7k2-q9xw3-8mmd2-z5hta (80 bits and more each)."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return [
        "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))
        for _ in range(RECOVERY_CODES)
    ]


def digest(recovery_code: str) -> str:
    """What is kept of a recovery code."""
    return hashlib.sha256(recovery_code.strip().lower().replace(" ", "").encode()).hexdigest()
