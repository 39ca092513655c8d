"""Bringing in the organs from a spreadsheet: read the table, read the rows, apply them."""
