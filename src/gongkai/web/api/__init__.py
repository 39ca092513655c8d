"""The open API: what public pages show, as JSON, read-only."""
