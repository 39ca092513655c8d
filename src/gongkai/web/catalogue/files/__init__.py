"""Attached files: what may be attached, where contents lie, how their words are found, how they are served."""
