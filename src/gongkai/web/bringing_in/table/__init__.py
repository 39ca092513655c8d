"""Items from a table: its columns, its rows, its template."""
