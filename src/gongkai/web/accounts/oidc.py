"""Single sign-on: the identity provider says who it is; the platform says what he may do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from .models import User


class StaffOnly(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Matches the claim GONGKAI_OIDC_CLAIM to an existing, active sign-in name. Never makes accounts."""

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The library checks signature and nonce; issuer and audience are checked here, which it leaves out."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if (
            payload.get("iss", "").rstrip("/") != settings.ENV.oidc_issuer
            or settings.ENV.oidc_client not in audiences
        ):
            raise SuspiciousOperation("ID token of another issuer or for another client")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The answer must be about the person of the token (OpenID Connect Core 5.3.2)."""
        claims: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if claims.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("user info about somebody else")
        return claims

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """The one account with that name, or none."""
        username = str(claims.get(settings.ENV.oidc_claim, ""))
        return User.objects.filter(username=username, is_active=True) if username else User.objects.none()

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """The claim must be there."""
        return bool(claims.get(settings.ENV.oidc_claim))
