"""The addresses by which the platform is reached once it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared with, not listened on
SIGN_IN = "/account/login"


@dataclass(frozen=True, slots=True)
class Addresses:
    """`own`: on this machine. `name`: what to call the platform there. `public`: for browsers, "" when only a proxy knows it."""

    own: str
    name: str
    public: str


def addresses(host: str, port: int, names: Sequence[str], https: bool) -> Addresses:
    """Listening on `host`; `names` are those it answers to (GONGKAI_HOSTS)."""
    here = "127.0.0.1" if host in ANYWHERE else host
    here = f"[{here}]" if ":" in here else here
    plain = [name.removeprefix(".") for name in names if name != "*"]
    answers = "*" in names or here in plain
    name = here if answers or not plain else plain[0]
    if https:
        others = [one for one in plain if one not in {"localhost", "127.0.0.1", "[::1]"}]
        return Addresses(f"http://{here}:{port}", name, f"https://{others[0]}" if others else "")
    return Addresses(f"http://{here}:{port}", name, f"http://{name}:{port}")
