"""The page of a verb: shows a form, hands it to the verb, goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.web.house import submit
from gongkai.web.house.action import Action


@dataclass(kw_only=True)
class FormPage:
    """`back` is where the page's link leads, and where one goes after the act unless `after` says otherwise."""

    title: str
    button: str
    back: str
    crumbs: list[tuple[str, str]]
    form: forms.BaseForm
    build: Callable[[], Action[Any]]
    done: str = ""
    template: str = "catalogue/form.html"
    context: dict[str, Any] = field(default_factory=dict)
    after: Callable[[Any], str] | None = None

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page, or the way on after the act."""
        if request.method == "POST":
            result = submit.perform(self.form, self.build)
            if result is not None:
                messages.success(request, self.done or f"已{self.button}。")
                return redirect(self.after(result) if self.after else self.back)
        page = {"form": self.form, "title": self.title, "button": self.button, "back": self.back}
        return render(request, self.template, page | {"crumbs": self.crumbs} | self.context)
