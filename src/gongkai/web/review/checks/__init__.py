"""Pre-publication checks: pure functions over words, fields and files, and the registry that says how strict they are.

Nothing in `finding.py`, `personal/`, `marks.py` and `files/` imports Django: files are looked at in a worker process.
"""
