"""Settings shared by all tests: hypothesis without wall-clock deadlines (other work may share the machine)."""

from hypothesis import settings

settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")
