"""Single sign-on: the identity provider says who it is; the platform says what he may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from .models import User


class StaffOnly(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Matches the claim GONGKAI_OIDC_CLAIM to an existing, active sign-in name. Never makes accounts."""

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """The one account with that name, or none."""
        username = str(claims.get(settings.ENV.oidc_claim, ""))
        return User.objects.filter(username=username, is_active=True) if username else User.objects.none()

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """The claim must be there."""
        return bool(claims.get(settings.ENV.oidc_claim))
