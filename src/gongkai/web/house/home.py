"""The staff's first page: cards that the rooms put there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .actor import Actor
from .middleware.actor import actor_of


@dataclass(frozen=True, slots=True)
class Pile:
    """A count that leads to its list. `mark` is bad, warn or nothing."""

    title: str
    count: int
    address: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for this person; `mark` is bad, warn or nothing and belongs to `due`."""

    title: str
    organ: str
    address: str
    stage: str
    due: str
    mark: str = ""


PileMaker = Callable[[Actor], list[Pile]]
DeskMaker = Callable[[Actor], list[Task]]
_makers: list[PileMaker] = []
_desks: list[DeskMaker] = []


def add_piles(maker: PileMaker) -> PileMaker:
    """Decorator: a room adds its counts. The maker asks `visible()` itself."""
    _makers.append(maker)
    return maker


def add_desk(maker: DeskMaker) -> DeskMaker:
    """Decorator: a room adds what waits for the person himself. The maker asks `visible()` itself."""
    _desks.append(maker)
    return maker


def staff_home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and where he works."""
    from gongkai.web.organs.scope import posts_of

    actor = actor_of(request)
    posts = posts_of(actor).select_related("organ")
    piles = [pile for maker in _makers for pile in maker(actor)]
    tasks = [task for maker in _desks for task in maker(actor)]
    return render(request, "house/home.html", {"posts": posts, "piles": piles, "tasks": tasks})


def root(request: HttpRequest) -> HttpResponse:
    """`/` leads to the directory of organs."""
    return redirect("organs:directory")


def root_of_staff(request: HttpRequest) -> HttpResponse:
    """`/staff/` leads to the first page."""
    return redirect("staff_home")
