"""The checker: a document passes through, is read in a worker under strict limits, and is forgotten.

``store`` keeps what passes for half an hour, ``jobs`` reads it, ``fetch`` gets a page from an address, ``rate`` counts.
"""
