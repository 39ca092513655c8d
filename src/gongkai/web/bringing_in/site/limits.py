"""How much one run from the staff pages may ask for. The command line, with its operator, is not bound by these."""

from __future__ import annotations

from datetime import timedelta

# Addresses, web sites and files of sitemaps of one run.
ADDRESSES = 20_000
HOSTS = 10
MAPS = 50
LIST_BYTES = 4 * 1024 * 1024
# What may be read before a person must say go on.
BYTES = 5 * 1024 * 1024 * 1024
TIME = timedelta(days=7)
# Pages in a row that could not be had for reasons of the site: it is left in peace until a person says go on.
STUMBLES = 10
# A page that could not be had is asked for again after so many seconds, for each try before.
RETRY_AFTER = 60.0
# Seconds of one background task, and the longest pause it sleeps through itself: other tasks have their turn then.
SLICE = 15.0
NAP = 5.0
