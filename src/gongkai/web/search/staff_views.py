"""Staff: the words that the search suggests, approved and dropped by the office of the site."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.house import submit
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.visibility import get_visible, visible

from .actions.approve_word import ApproveWord
from .actions.drop_word import DropWord
from .models import ApprovedWord
from .suggestions import LONGEST


class WordForm(forms.Form):
    """One word; the verb judges it."""

    text = forms.CharField(label="检索词", help_text=f"2至{LONGEST}个字，公开的信息中要有。不要写个人姓名、电话和尚未公开的事项。")


@require_http_methods(["GET", "HEAD", "POST"])
def word_list(request: HttpRequest) -> HttpResponse:
    """Every approved word, and the form for another."""
    actor = actor_of(request)
    form = WordForm(request.POST or None)
    may = all(rule.refuse(actor) is None for rule in ApproveWord(actor=actor, text="").rules())
    if request.method == "POST":
        word = submit.perform(form, lambda: ApproveWord(actor=actor, text=form.cleaned_data["text"]))
        if word is not None:
            messages.success(request, f"已核准“{word}”。")
            return redirect("search:words")
    page = page_of(request, visible(ApprovedWord, actor).select_related("approved_by"), unit="个词")
    return render(request, "search/words.html", {"page": page, "form": form, "may": may})


@require_POST
def drop_word(request: HttpRequest, pk: int) -> HttpResponse:
    """One word less."""
    word = get_visible(ApprovedWord, actor_of(request), pk=pk)
    DropWord(actor=actor_of(request), word=word).perform()
    messages.success(request, f"已停用“{word}”。")
    return redirect("search:words")
