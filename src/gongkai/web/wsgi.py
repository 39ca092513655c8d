"""The door for web servers. Refuses to start without the keys that `gongkai serve` makes."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")

from django.core.wsgi import get_wsgi_application

from gongkai.web.settings import KEYS

# A server on throw-away keys would sign out everyone at each restart and lose every encrypted field.
KEYS.demand_kept()
application = get_wsgi_application()
