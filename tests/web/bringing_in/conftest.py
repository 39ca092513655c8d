"""The site that is read, and files of the test's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .served import Site


@pytest.fixture
def site():
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def allowed(site, settings, tmp_path):
    """The site may be read from the staff pages; files go to a folder of the test's own."""
    settings.ENV = replace(settings.ENV, import_hosts=(site.host,))
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}},
    }
