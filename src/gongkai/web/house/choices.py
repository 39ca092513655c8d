"""Choosing several things in a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# No key has so many digits: a longer number fits no column, and databases stop at it instead of finding nothing.
_MOST_DIGITS = 18


class SeveralChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """ModelMultipleChoiceField for which a number beyond every key is just no valid choice."""

    def clean(self, value: Any) -> Any:
        """The chosen things. Raises ValidationError."""
        for one in value if isinstance(value, list | tuple) else ():
            if len(str(one)) > _MOST_DIGITS:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": f"{str(one)[:20]}…"}
                )
        return super().clean(value)
