"""A form filled in: mostly as a person would, one to three fields hostile, sometimes in another shape altogether."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from urllib.parse import urlsplit

from . import files, values
from .pages import Control, Form
from .sending import Pair, Request, Upload, multipart, urlencoded

_NO_TOKEN = 0.03


def filled(form: Form, role: str, random: Random) -> Request:
    """A request for the form's action."""
    pairs = [pair for control in form.fields if control.kind != "file" for pair in _sound(control, random)]
    uploads = [upload for control in form.fields if control.kind == "file" for upload in _uploads(control, random)]
    for _ in range(random.choice((0, 1, 1, 1, 2, 3, 12))):
        random.choice(_CHANGES)(form, pairs, random)
    if form.method == "POST":
        pairs += _token(form, random)
    return _request(form, role, pairs, uploads, random)


def as_is(form: Form, role: str) -> Request:
    """Nothing changed: the button pressed."""
    pairs = [(one.name.encode(), one.value.encode()) for one in form.controls if one.kind != "file" and one.value]
    if form.multipart:
        body, media = multipart(pairs, [], Random(0))
        return Request(role, form.method, form.action, body, media)
    return Request(role, form.method, form.action, urlencoded(pairs), "application/x-www-form-urlencoded")


def _request(form: Form, role: str, pairs: list[Pair], uploads: list[Upload], random: Random) -> Request:
    if form.method != "POST":
        pairs = [(name, value) for name, value in pairs if len(value) < 20_000]
        return Request(role, "GET", f"{urlsplit(form.action).path}?{urlencoded(pairs).decode()}")
    if form.multipart or random.random() < 0.1:
        body, media = multipart(pairs, uploads, random)
    else:
        body, media = urlencoded(pairs), "application/x-www-form-urlencoded"
    return Request(role, "POST", form.action, body, media)


def _sound(control: Control, random: Random) -> list[Pair]:
    name = control.name.encode()
    if control.kind == "select":
        options = [one for one in control.options if one] or [""]
        return [(name, (control.value or random.choice(options)).encode())]
    if control.kind in ("checkbox", "radio"):
        return [(name, (control.value or "on").encode())] if random.random() < 0.5 else []
    if control.kind == "button" or control.value:
        return [(name, control.value.encode())]
    if control.kind == "date":
        return [(name, b"2026-02-03")]
    return [(name, random.choice(values.PLAUSIBLE).encode())]


def _uploads(control: Control, random: Random) -> list[Upload]:
    if random.random() < 0.05:
        return []
    kept = files.files()
    found = []
    for _ in range(random.choice((1, 1, 1, 2))):
        name, content = random.choice(kept)
        if random.random() < 0.25:
            name = random.choice(files.NAMES)
        found.append((control.name.encode(), name.encode("utf-8", "surrogatepass"), content))
    return found


def _token(form: Form, random: Random) -> list[Pair]:
    if random.random() < _NO_TOKEN:
        bad = random.choice((None, b"", b"x" * 64, b"\xff", b"\x00", b"<gk-mark-123>"))
        return [] if bad is None else [(b"csrfmiddlewaretoken", bad)]
    return [(b"csrfmiddlewaretoken", form.token.encode())]


def _hostile(form: Form, pairs: list[Pair], random: Random) -> None:
    if not pairs:
        return
    at = random.randrange(len(pairs))
    name = pairs[at][0]
    kind = next((one.kind for one in form.fields if one.name.encode() == name), "text")
    if kind == "date" and random.random() < 0.6:
        bad = random.choice(values.DATES).encode()
    elif kind in ("select", "number", "hidden") and random.random() < 0.5:
        bad = random.choice(values.NUMBERS).encode()
    elif random.random() < 0.01:
        bad = values.LONG.encode()
    else:
        bad = random.choice(values.TEXTS)
    pairs[at] = (name, bad)


def _missing(form: Form, pairs: list[Pair], random: Random) -> None:
    if pairs:
        del pairs[random.randrange(len(pairs))]


def _repeated(form: Form, pairs: list[Pair], random: Random) -> None:
    if pairs:
        name, value = random.choice(pairs)
        pairs += [(name, value), (name, random.choice(values.TEXTS))]


def _foreign(form: Form, pairs: list[Pair], random: Random) -> None:
    names = (b"id", b"pk", b"is_staff", b"organ", b"published_at", b"stage", b"__class__", b"\xff", b"\x00", b"a[b]", b"next", b"action")
    pairs.append((random.choice(names), random.choice(values.TEXTS)))


_CHANGES: tuple[Callable[[Form, list[Pair], Random], None], ...] = (_hostile,) * 7 + (_missing, _repeated, _foreign)
