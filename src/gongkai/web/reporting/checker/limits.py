"""What one check may cost."""

from gongkai.reading.limits import Limits

MEGABYTES = 20
PAGES = 40
LIMITS = Limits(
    seconds=240, memory=1 << 30, bytes=MEGABYTES << 20, unpacked=100 << 20, members=300, depth=1, cells=50_000, pages=PAGES
)
"""A scan of 40 pages is the longest that may be asked for; a text takes milliseconds."""
MEMBERS = 20
"""Documents of one archive that are shown."""
KEPT_SECONDS = 30 * 60
"""How long a result can be looked at."""
AT_ONCE = 2
"""Documents read at the same time by one web process."""
WAITING = 12
"""Documents that may wait for their turn in one web process; more are sent away at once."""
FIRST_ANSWER_SECONDS = 1.8
"""How long a request waits for its result before it shows a page that says how far things are."""
CHECKS, WITHIN_SECONDS = 20, 10 * 60
"""Checks one address may ask for, and in what time."""
