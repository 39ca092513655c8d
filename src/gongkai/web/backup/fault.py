"""What goes wrong with a database while it is copied or filled."""


class DatabaseFault(RuntimeError):  # noqa: N818
    """The database can't be copied or filled; the message (Chinese) says why."""
