"""What is asked: every route by every role, then hostile paths, queries, methods, headers, bodies, and every form."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote_from_bytes, urlsplit

from django.http import QueryDict

from . import filling, values
from .pages import Form, forms_of, inside, links_of
from .routes import Route, route_of, routes
from .scene import PUBLIC, Scene
from .sending import Answer, Errors, Request, send, undone

# Asked once more often than others they would only make the run longer: what a worker process reads takes seconds.
SLOW = ("checker/", "checker/<check_key:key>/")
# States for programs: 503 says that a part is not ready.
NOT_FOR_PEOPLE = ("health/live", "health/ready", "metrics")
# Addresses of one route that are followed; more of the same say nothing new.
PER_ROUTE = 2


@dataclass
class Fuzzer:
    """`faults` are told as they come; `seen` is the best status of every route."""

    scene: Scene
    random: Random
    ear: Errors
    tell: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True)
    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, Form]]] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)

    def ask(self, kind: str, request: Request) -> Answer:
        """Send, judge, count. One fault of a kind at a route is kept, the first."""
        with noting() as keys:
            answer, found = send(self.scene.clients[request.role], request, self.ear)
        route = answer.route
        self.keys.setdefault(route, set()).update(keys)
        self.counts[kind] += 1
        self.statuses[answer.status] += 1
        self.seen[route] = min(self.seen.get(route, 999), 404 if answer.status == 404 else 200)
        if route in NOT_FOR_PEOPLE:
            found = [fault for fault in found if "500" in fault or "unescaped" in fault]
        for fault in found:
            sort = f"{request.method} {route}: {fault.split(':')[0][:80]}"
            if fault.startswith("logged"):
                sort = f"{request.method} {route}: {fault[-200:]}"
            if sort not in self.faults:
                self.faults[sort] = f"{fault}\n{request}"
                self.tell(f"{kind}: {self.faults[sort]}\n")
        return answer

    def crawl(self, role: str) -> None:
        """Every route without parameters, and whatever pages lead to, a few addresses of a route."""
        waiting = [*self.scene.starts, *(route.address(()) for route in routes() if not route.parameters)]
        taken: Counter[str] = Counter()
        asked = set()
        while waiting:
            address = waiting.pop(0)
            route = route_of(address)
            known_start = address in self.scene.starts
            if address in asked or route is None or (taken[route] >= PER_ROUTE and not known_start):
                continue
            asked.add(address)
            taken[route] += not known_start
            known = self.addresses.setdefault(route, [])
            if address not in known and len(known) < 12:
                known.append(address)
            with undone(self.scene.clients[role]):
                answer = self.ask("crawl", Request(role, "GET", address))
            if answer.location:
                waiting.append(inside(answer.location, address) or address)
            if answer.is_page and answer.status < 400:
                waiting += links_of(answer.text, address)
                self._note_forms(role, answer, address)

    def unreached(self) -> list[str]:
        """Routes that never answered anything but 404."""
        return [route.text for route in routes() if self.seen.get(route.text, 404) == 404]

    def any_address(self, route: Route) -> str:
        """One that pages led to, or one with made-up values."""
        known = self.addresses.get(route.text)
        if known and self.random.random() < 0.9:
            return self.random.choice(known)
        return route.address(tuple(self.random.choice(values.SLUGS) for _ in route.parameters))

    def odd_path(self, route: Route) -> Request:
        """One parameter of a known address is hostile."""
        address = urlsplit(self.any_address(route)).path
        parts = address.split("/")
        at = self.random.randrange(1, len(parts)) if len(parts) > 1 else 0
        bad = quote_from_bytes(self.random.choice(values.IN_ADDRESS), safe="")
        if route.parameters and self.random.random() < 0.7:
            good = [self.random.choice(values.SLUGS) for _ in route.parameters]
            good[self.random.randrange(len(good))] = bad
            return self._get(route.address(tuple(good)))
        parts[at] = bad
        return self._get("/".join(parts))

    def odd_query(self, route: Route) -> Request:
        """Known keys of this route, and foreign ones, with hostile values."""
        address = urlsplit(self.any_address(route)).path
        keys = sorted(self.keys.get(route.text, ())) or ["page", "q"]
        picked = [self.random.choice([*keys, "gk"]) for _ in range(self.random.randint(1, 4))]
        pairs = [(quote_from_bytes(key.encode("utf-8", "surrogatepass"), safe=""), self._value(key)) for key in picked]
        return self._get(address + "?" + "&".join(f"{key}={value}" for key, value in pairs))

    def odd_request(self, route: Route) -> Request:
        """Another method, a strange header, a body that is none."""
        method = self.random.choice(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "QUERY", "POST", "GET"])
        headers = tuple(self.random.sample(values.HEADERS, self.random.randint(0, 2)))
        body = self.random.choice(values.BODIES) if method not in ("GET", "HEAD") else b""
        return Request(self._role(), method, self.any_address(route), body, self.random.choice(values.MEDIA), headers)

    def submit(self, form: Form, role: str) -> Request:
        """One filled form sent, what it leads to looked at, everything undone."""
        request = filling.filled(form, role, self.random)
        with undone(self.scene.clients[role]):
            answer = self.ask("form", request)
            self._look_after(role, answer, request)
        return request

    def send_alone(self, kind: str, request: Request) -> Answer:
        """One request, undone."""
        with undone(self.scene.clients[request.role]):
            return self.ask(kind, request)

    def chosen_forms(self) -> Iterator[tuple[str, Form]]:
        """Each kind of form once, as one of the roles that see it; kinds in a fixed order."""
        for kind in sorted(self.forms):
            yield self.random.choice(self.forms[kind])

    def _look_after(self, role: str, answer: Answer, request: Request) -> None:
        """Follow where it leads; every page there and every file linked from it is judged too."""
        address = request.address
        for _ in range(3):
            if not answer.location:
                break
            address = inside(answer.location, address) or "/"
            answer = self.ask("after", Request(role, "GET", address))
        if not answer.is_page or request.method == "GET":
            return
        for link in [one for one in links_of(answer.text, address) if "/files/" in one or "/original" in one or "/print" in one][:4]:
            self.ask("file", Request(role, "GET", link))
            if "/files/" in link:
                self.ask("file", Request(role, "GET", f"{link}?show=1"))
        # A second step, as the confirmation of an import.
        for form in forms_of(answer.text, address):
            if form.method == "POST" and form.action == address and role != PUBLIC and urlsplit(address).path != urlsplit(request.address).path:
                again = self.ask("confirm", filling.as_is(form, role))
                if again.location:
                    self.ask("after", Request(role, "GET", inside(again.location, address) or "/"))

    def _note_forms(self, role: str, answer: Answer, address: str) -> None:
        for form in forms_of(answer.text, address):
            key = (form.method, route_of(form.action) or form.action, tuple(sorted({one.name for one in form.fields})))
            known = self.forms.setdefault(key, [])
            if all(who != role for who, _ in known):
                known.append((role, form))

    def _get(self, address: str) -> Request:
        return Request(self._role(), "GET", address)

    def _role(self) -> str:
        return self.random.choice(sorted(self.scene.clients))

    def _value(self, key: str) -> str:
        if self.random.random() < 0.15:
            return quote_from_bytes(self.random.choice(values.SLUGS).encode())
        return quote_from_bytes(self.random.choice(values.IN_ADDRESS), safe="")


class noting:
    """Which keys of the query or the form a view asks for, whatever their name."""

    def __enter__(self) -> set[str]:
        self.keys: set[str] = set()
        self._plain = {name: getattr(QueryDict, name) for name in ("get", "getlist", "__getitem__", "__contains__")}
        for name, plain in self._plain.items():
            setattr(QueryDict, name, self._noted(plain))
        return self.keys

    def __exit__(self, *_: object) -> None:
        for name, plain in self._plain.items():
            setattr(QueryDict, name, plain)

    def _noted(self, plain: Callable[..., object]) -> Callable[..., object]:
        def asked(query: QueryDict, key: str, *more: object, **options: object) -> object:
            if isinstance(key, str) and len(key) < 40:
                self.keys.add(key)
            return plain(query, key, *more, **options)

        return asked
