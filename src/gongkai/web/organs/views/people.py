"""Pages about the people of an organ."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.accounts.actions.create_staff import CreateStaff
from gongkai.web.accounts.actions.reset_access import ResetAccess
from gongkai.web.accounts.actions.set_active import SetActive
from gongkai.web.accounts.models import Authenticator, User
from gongkai.web.house import submit
from gongkai.web.house.events import read_personal
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.actions.appoint import Appoint
from gongkai.web.organs.actions.end_post import EndPost
from gongkai.web.organs.forms import AppointForm, NewStaffForm
from gongkai.web.organs.models import Organ, Post, Role
from gongkai.web.organs.rules import HasRole


def new_staff(request: HttpRequest, slug: str) -> HttpResponse:
    """A new account with a first post here; shows its temporary password once."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    demand(HasRole(organ, (Role.ADMIN,), "新建人员"), actor)
    form = NewStaffForm(request.POST or None)
    if request.method == "POST":
        new = submit.perform(
            form,
            lambda: CreateStaff(
                actor=actor, organ=organ, username=form.cleaned_data["username"], name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]), mobile=form.cleaned_data["mobile"],
            ),
        )  # fmt: skip
        if new is not None:
            return render(request, "organs/temporary_password.html", {"new": new, "organ": organ})
    return _form(request, organ, form, "新建人员", "新建")


def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """A post for an existing account."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    demand(HasRole(organ, (Role.ADMIN,), "任用"), actor)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(username=form.cleaned_data["username"]).first()
        if user is None:
            form.add_error("username", "没有这个登录名。新人员请用“新建人员”。")
        else:
            build = lambda: Appoint(actor=actor, user=user, organ=organ, role=Role(form.cleaned_data["role"]))  # noqa: E731
            if submit.perform(form, build) is not None:
                messages.success(request, f"已任用{user.name}。")
                return redirect("organs:detail", organ.slug)
    return _form(request, organ, form, "任用人员", "任用")


def _form(request: HttpRequest, organ: Organ, form: object, title: str, button: str) -> HttpResponse:
    crumbs = [("机关", reverse("organs:list")), (organ.name, reverse("organs:detail", args=[organ.slug]))]
    context = {"organ": organ, "form": form, "title": title, "button": button, "crumbs": crumbs}
    return render(request, "organs/form.html", context)


@require_POST
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post; refusals become the 403 page."""
    post = get_visible(Post, actor_of(request), pk=pk)
    EndPost(actor=actor_of(request), post=post).perform()
    messages.success(request, f"已免去{post.user}的任职。")
    return redirect("organs:detail", post.organ.slug)


def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person: posts, state; the phone number only when asked for, and then it is logged."""
    actor = actor_of(request)
    user = get_visible(User, actor, username=username)
    mobile = ""
    if request.method == "POST" and "show_mobile" in request.POST:
        with transaction.atomic():
            first = user.posts.order_by("pk").first()
            read_personal(actor, user, "手机号", organ_id=first.organ_id if first else None)
        mobile = user.mobile or "没有登记"
    context = {
        "person": user,
        "mobile": mobile,
        "posts": visible(Post, actor).filter(user=user).select_related("organ"),
        "device": Authenticator.objects.filter(user=user, confirmed=True).exists(),
        "may_reset": ResetAccess(actor=actor, user=user).allowed(),
        "may_switch": SetActive(actor=actor, user=user, active=not user.is_active).allowed(),
    }
    return render(request, "organs/person.html", context)


@require_POST
def reset_access(request: HttpRequest, username: str) -> HttpResponse:
    """A new temporary password, shown once."""
    user = get_visible(User, actor_of(request), username=username)
    new = ResetAccess(actor=actor_of(request), user=user).perform()
    return render(request, "organs/temporary_password.html", {"new": new})


@require_POST
def set_active(request: HttpRequest, username: str) -> HttpResponse:
    """Stop or reopen an account."""
    user = get_visible(User, actor_of(request), username=username)
    active = request.POST.get("active") == "yes"
    SetActive(actor=actor_of(request), user=user, active=active).perform()
    messages.success(request, f"已{'启用' if active else '停用'}{user.name}的账户。")
    return redirect("organs:person", username)
