"""The RSGI application: `granian --interface rsgi gongkai.web.door.application:application`."""

from __future__ import annotations

from django.conf import settings

from gongkai.web.wsgi import application as django

from .door import Door
from .receiving import Pace, UnderWay

application = Door(
    django, Pace(settings.ENV.silence_seconds, settings.ENV.body_kb * 1024), UnderWay(settings.ENV.bodies_at_once, settings.ENV.bodies_mb << 20)
)
