"""Verbs. One module one verb: `check()` says why not, `perform()` does it in one transaction with one event."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models, transaction

from . import events
from .actor import Actor
from .rule import Fresh, Refusal, Refused, Rule

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)

# True while an action runs, so that an act performed inside another knows it.
_running: ContextVar[bool] = ContextVar("action_running", default=False)


def locked(instance: M) -> M:
    """The row of `instance` as it is now, locked until the transaction ends."""
    # Not type(): a request's user is a lazy object that only pretends to be a User.
    manager: models.Manager[M] = instance.__class__._base_manager
    return manager.select_for_update().get(pk=instance.pk)


@dataclass(kw_only=True)
class Action(ABC, Generic[T]):
    """Subclass as a dataclass whose fields are what the verb needs.

    `verb` is the id in the audit log (room.verb), `title` what people read. `dangerous` verbs ask for the
    password again. `lock()` re-reads what the verb changes, so that rules judge the state being changed.
    """

    verb: ClassVar[str]
    title: ClassVar[str]
    dangerous: ClassVar[bool] = False

    actor: Actor

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "verb" in cls.__dict__:
            events.name(cls.verb, cls.title)

    @abstractmethod
    def rules(self) -> Iterable[Rule]:
        """Who may: roles, scope, four eyes."""

    def problems(self) -> Iterable[Refusal]:
        """What stands in the way in the things themselves; asked only when every rule is met."""
        return ()

    def lock(self) -> None:
        """Re-read and lock the rows that `change` will write (inside the transaction)."""
        return

    @abstractmethod
    def change(self) -> T:
        """Do it. Runs inside the transaction, after the rules were asked again."""

    @abstractmethod
    def subject(self, result: T | None) -> events.Subject:
        """What the event is about; `result` is None when the act was refused."""

    def details(self) -> Mapping[str, Any]:
        """What the event keeps beside its subject; never the value of an encrypted field."""
        return {}

    def check(self) -> list[Refusal]:
        """Every reason why not, [] when it may be done. Pages ask this to show or hide a button."""
        rules = [*self.rules(), *([Fresh(self.title)] if self.dangerous else [])]
        refusals = [found for rule in rules if (found := rule.refuse(self.actor)) is not None]
        return refusals or list(self.problems())

    def allowed(self) -> bool:
        """True when nothing but a fresh password stands in the way: the button is shown."""
        return all(refusal.rule == Fresh.id for refusal in self.check())

    def perform(self) -> T:
        """Do it or raise Refused with the reasons. All or nothing; one event either way."""
        outer = _running.get()
        token = _running.set(True)
        try:
            with transaction.atomic():
                return self._perform_inside()
        except Refused as refused:
            # Inside a larger act the refusal is that act's to record: this event would be rolled back with it.
            if not outer:
                self._record_refusal(refused)
            raise
        finally:
            _running.reset(token)

    def _perform_inside(self) -> T:
        self.lock()
        refusals = self.check()
        if refusals:
            raise Refused(refusals)
        result = self.change()
        events.record(self.actor, self.verb, self.subject(result), details=self.details())
        return result

    def _record_refusal(self, refused: Refused) -> None:
        reasons = [{"rule": refusal.rule, "message": refusal.message} for refusal in refused.refusals]
        with transaction.atomic():
            events.record(
                self.actor,
                self.verb,
                self.subject(None),
                outcome=events.Outcome.REFUSED,
                details={"reasons": reasons},
            )
