"""Single sign-on against a small provider on this machine: who gets in, and which tokens do not."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import include, path

from gongkai.web import urls as platform_urls
from gongkai.web.accounts.models import User
from gongkai.web.settings import environment, oidc

urlpatterns = [*platform_urls.urlpatterns, path("account/oidc/", include("mozilla_django_oidc.urls"))]
handler400 = platform_urls.handler400

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(BaseHTTPRequestHandler):
    """Answers token, userinfo and keys from what the test put on the server."""

    def do_POST(self):
        claims = {"sub": "s1", "nonce": self.server.nonce, "exp": time.time() + 60} | self.server.token
        token = jwt.encode(claims, self.server.key, "RS256", headers={"kid": "k1"})
        self._say({"access_token": "a", "id_token": token, "token_type": "Bearer"})

    def do_GET(self):
        if self.path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say({"keys": [key | {"kid": "k1", "alg": "RS256", "use": "sig"}]})
        else:
            self._say({"sub": "s1"} | self.server.person)

    def _say(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}"
    server.key, server.person = KEY, {"preferred_username": "fan"}
    server.token, server.nonce = {"iss": root, "aud": "gongkai"}, ""
    env = replace(
        settings.ENV, oidc_issuer=root, oidc_client="gongkai", oidc_secret="s", oidc_authorize=f"{root}/authorize",
        oidc_token=f"{root}/token", oidc_userinfo=f"{root}/me", oidc_keys=f"{root}/keys",
    )  # fmt: skip
    settings.ENV = env
    settings.ROOT_URLCONF = __name__
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "mozilla_django_oidc"]
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, oidc.BACKEND]
    for name, value in oidc.settings(env).items():
        setattr(settings, name, value)
    yield server
    server.shutdown()
    server.server_close()


def come_back(provider, client=None):
    """Start at the login page's link, and come back from the provider with a code."""
    client = client or Client()
    start = client.get("/account/oidc/authenticate/?next=/staff/home")
    asked = parse_qs(urlsplit(start["Location"]).query)
    provider.nonce = asked["nonce"][0]
    assert "code_challenge" in asked
    return client, client.get("/account/oidc/callback/", {"code": "c", "state": asked["state"][0]})


def test_an_existing_account_gets_in_but_its_second_factor_is_still_asked(town, provider):
    client, answer = come_back(provider)
    assert answer["Location"] == "/staff/home"
    assert client.get("/staff/home")["Location"].startswith("/account/second-factor")


def test_the_login_page_offers_it(town, provider):
    assert "用统一身份认证登录" in Client().get("/account/login").content.decode()


@pytest.mark.parametrize(
    "person",
    [
        {"preferred_username": "stranger"},
        {"preferred_username": ""},
        {},
        {"preferred_username": "fan", "sub": "s2"},
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(town, provider, person):
    provider.person = person
    accounts = User.objects.count()
    client, answer = come_back(provider)
    assert answer.status_code == 400 or answer["Location"] == "/account/login?sso=failed"
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == accounts


def test_a_stopped_account_does_not_get_in(town, provider):
    User.objects.filter(username="fan").update(is_active=False)
    client, _ = come_back(provider)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "wrong", [{"iss": "https://other.example"}, {"aud": "another-client"}, {"nonce": "old"}]
)
def test_tokens_meant_for_others_do_not_count(town, provider, wrong):
    provider.token |= wrong
    client, answer = come_back(provider)
    assert answer.status_code == 400 or answer["Location"] == "/account/login?sso=failed"
    assert "_auth_user_id" not in client.session


def test_a_token_signed_by_somebody_else_does_not_count(town, provider):
    provider.key = OTHER_KEY
    client, _ = come_back(provider)
    assert "_auth_user_id" not in client.session


def test_half_a_configuration_is_named():
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_OIDC_TOKEN"):
        oidc.settings(environment.read({"GONGKAI_OIDC_ISSUER": "https://id.example"}))
    assert oidc.settings(environment.read({})) == {}
