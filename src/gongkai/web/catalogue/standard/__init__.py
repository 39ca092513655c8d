"""The grass-roots standard catalogue as a table: read, applied, written, and how far it is filled."""
