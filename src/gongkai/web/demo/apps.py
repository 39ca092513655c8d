"""The demonstration city."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Commands only; no models."""

    name = "gongkai.web.demo"
    label = "demo"
