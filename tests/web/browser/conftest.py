"""A real Chromium against a real server. Without one the tests skip, except in CI, where they fail."""

from __future__ import annotations

import os
import shutil

import pytest

from gongkai.web.accounts.models import Authenticator
from tests.web.support import town as towns
from tests.web.support.fixtures import fresh_code
from tests.web.support.town import PASSWORD

# Playwright's event loop runs in this thread; Django's guard against that is meant for servers.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium: install Debian's package chromium")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def real_town(transactional_db):
    return towns.build()


@pytest.fixture
def visit(chromium, live_server, real_town):
    """`visit(width=390, script=False)`: a fresh page whose console errors fail the test."""
    opened = []

    def go(width=1280, script=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="zh-CN",
        )
        page = context.new_page()
        complaints = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        opened.append((context, complaints))
        return page

    yield go
    for context, complaints in opened:
        context.close()
        assert complaints == []


@pytest.fixture
def sign_in_page(visit, real_town):
    """A page signed in through the forms, as a person would."""

    def go(username, **options):
        page = visit(**options)
        page.goto("/account/login")
        page.get_by_label("登录名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        device = Authenticator.objects.get(user=real_town.people[username])
        page.get_by_label("动态口令").fill(fresh_code(device))
        page.get_by_role("button", name="继续").click()
        page.wait_for_url("**/staff/home")
        return page

    return go
