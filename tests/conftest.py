"""Settings shared by all tests: hypothesis without wall-clock deadlines (other work may share the machine); names of tests."""

from hypothesis import settings

settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes never name a test: with a stamp of time inside, each worker would have other names, and the run would end."""
    return "bytes" if isinstance(val, bytes | bytearray) else None
