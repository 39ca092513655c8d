"""What the room of organs keeps."""

from .history import Change, ChangeKind, ChangeParty
from .import_draft import ImportDraft
from .kinds import Kind, Level, Type
from .naming import Alias, OrganName
from .office import Office
from .organ import Organ, Within
from .post import Post, Role

__all__ = [
    "Alias", "Change", "ChangeKind", "ChangeParty", "ImportDraft", "Kind", "Level", "Office", "Organ", "OrganName", "Post",
    "Role", "Type", "Within",
]  # fmt: skip
