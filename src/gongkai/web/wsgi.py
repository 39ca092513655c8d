"""The door for web servers. Refuses to start without the keys that `gongkai serve` makes."""

import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")

from django.core.wsgi import get_wsgi_application

from gongkai.web.settings import KEYS

# A worker of granian is born with its parent's handlers, which do nothing for it, and gets its own when this module is
# loaded. Asked to stop in between it would go on, and be killed a quarter of a minute later.
for _number in (signal.SIGTERM, signal.SIGINT):
    if getattr(signal.getsignal(_number), "__module__", "").startswith("granian"):
        signal.signal(_number, signal.SIG_DFL)

# A server on throw-away keys would sign out everyone at each restart and lose every encrypted field.
KEYS.demand_kept()
application = get_wsgi_application()
