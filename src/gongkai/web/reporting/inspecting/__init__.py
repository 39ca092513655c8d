"""One uploaded document -> everything a page shows about it. Nothing here knows Django: it runs in a worker process.

``inspection.inspect_document`` is the work; ``original`` the shapes of the document as shown beside its figures.
"""
