"""Pages about organs."""
