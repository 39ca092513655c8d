"""Every route of the platform, from Django's own configuration, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RoutePattern


@dataclass(frozen=True, slots=True)
class Route:
    """`text` is the pattern as written ("info/<int:number>"); `pieces` alternate between plain text and parameters."""

    text: str
    pieces: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters as written: <int:number>."""
        return tuple(piece for piece in self.pieces if piece.startswith("<"))

    def address(self, values: tuple[str, ...]) -> str:
        """A path with these values, each already percent-encoded."""
        left = list(values)
        return "/" + "".join(left.pop(0) if piece.startswith("<") else quote(piece) for piece in self.pieces)


def routes() -> list[Route]:
    """All of them, each once, in the order of the configuration."""
    return list(dict.fromkeys(_below(get_resolver().url_patterns, "")))


def route_of(address: str) -> str | None:
    """The text of the route that answers an address; None when there is none."""
    try:
        return resolve(urlsplit(address).path).route
    except (Resolver404, ValueError):
        return None


def _below(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for one in patterns:
        text = prefix + str(one.pattern)
        if not isinstance(one.pattern, RoutePattern):
            raise TypeError(f"{text}: the fuzzer knows path() only; teach it this kind of pattern")
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, text)
        else:
            yield Route(text, _pieces(text))


def _pieces(text: str) -> tuple[str, ...]:
    found, rest = [], text
    while "<" in rest:
        plain, _, rest = rest.partition("<")
        parameter, _, rest = rest.partition(">")
        found += [plain, f"<{parameter}>"]
    return tuple(piece for piece in (*found, rest) if piece)
