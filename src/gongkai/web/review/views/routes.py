"""How an organ reviews."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.web.catalogue.views.form_page import FormPage
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.rule import demand
from gongkai.web.house.visibility import get_visible
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole
from gongkai.web.review.actions.set_route import SetRoute
from gongkai.web.review.forms import RouteForm
from gongkai.web.review.routes import plan_for


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps and the checks of one organ."""
    actor = actor_of(request)
    organ = get_visible(Organ, actor, slug=slug)
    demand(HasRole(organ, (Role.ADMIN,), SetRoute.title), actor)
    plan = plan_for(organ)
    form = RouteForm(request.POST or None, plan=plan, organ=organ)
    return FormPage(
        title=f"{organ.name}审核流程", button="保存", back=reverse("review:worklist"),
        crumbs=[("审核发布", reverse("review:worklist"))], form=form, template="review/route.html",
        context={"organ": organ, "plan": plan, "groups": form.groups()},
        build=lambda: SetRoute(actor=actor, organ=organ, plan=form.plan(), levels=form.levels()),
    ).answer(request)  # fmt: skip
