"""Who may see what: one condition per model, used as the filter of lists and as the check of one thing.

A room registers `@who_may_see(Model)` a function Actor -> Q. Every exit (page, file, list, search, feed,
API, export) asks `visible(Model, actor)` or `may_see(thing, actor)`: both run the same condition in the
database, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.core import checks
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from .actor import Actor

M = TypeVar("M", bound=Model)
Condition = Callable[[Actor], Q]

_conditions: dict[type[Model], Condition] = {}

EVERYTHING = Q()
NOTHING = Q(pk__in=())


def who_may_see(model: type[Model]) -> Callable[[Condition], Condition]:
    """Decorator: the decorated function is the one condition for `model`."""

    def register(condition: Condition) -> Condition:
        if model in _conditions:
            raise ValueError(f"{model._meta.label} has a condition already")
        _conditions[model] = condition
        return condition

    return register


def seen_with(model: type[Model], path: str) -> None:
    """`model` is seen exactly by those who see the thing at the foreign key `path`."""
    owner: Any = model._meta.get_field(path).related_model

    @who_may_see(model)
    def _condition(actor: Actor) -> Q:
        return Q(**{f"{path}__in": visible(owner, actor).values("pk")})


def visible(model: type[M], actor: Actor) -> QuerySet[M]:
    """The things of `model` that `actor` may see. KeyError when the model has no condition: nothing is seen by default."""
    return model._default_manager.filter(_conditions[model](actor))


def may_see(thing: Model, actor: Actor) -> bool:
    """Whether `actor` may see this one thing, by the same condition."""
    return visible(thing.__class__, actor).filter(pk=thing.pk).exists()


def get_visible(model: type[M], actor: Actor, **lookup: Any) -> M:
    """The one thing, or Http404: what may not be seen is told from what does not exist by nobody."""
    try:
        return visible(model, actor).get(**lookup)
    except model.DoesNotExist as error:  # type: ignore[attr-defined]
        raise Http404 from error


def conditions() -> dict[type[Model], Condition]:
    """Every registered condition (for the generated visibility tests)."""
    return dict(_conditions)


@checks.register
def every_model_has_a_condition(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A model of the platform without a condition is an error at start-up, not a leak later."""
    return [
        checks.Error(
            f"{model._meta.label} has no visibility condition",
            hint="house.visibility.who_may_see",
            id="house.E001",
        )
        for config in apps.get_app_configs()
        if config.name.startswith("gongkai.web.")
        for model in config.get_models()
        if model not in _conditions
    ]
