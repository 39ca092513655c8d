"""The shelf of the portal's tests."""

from tests.web.portal.conftest import at, draft, hidden, nothing_remembered, own_files, shelf  # noqa: F401 - fixtures
