"""Tables to figures: the words of the forms as met on a page, two matchers, and how their readings are resolved.

``geometry`` reads by row and column heads, ``sequence`` by the order of the form; they share ``labels``, ``numbers`` and
``grids`` alone. ``resolve`` takes what both agree on, marks what it had to infer and leaves the rest unreadable.
"""
