"""Pages: the checker, the public column, the staff's own."""
