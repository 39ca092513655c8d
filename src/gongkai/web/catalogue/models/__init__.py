"""What the room of the catalogue keeps."""

from .address import OldAddress
from .attachment import Attachment, StoredFile, TextState
from .channel import ChannelUse
from .cleanup import CleanupRound, CleanupTask, Verdict
from .entry import CatalogueEntry
from .import_draft import EntryImport
from .interpretation import Form, Interpretation, ProposedInterpretation
from .item import Item
from .numbering import Counter
from .stages import Attribute, Stage, Validity
from .standing import PageKind, StandingPage
from .version import ItemVersion

__all__ = [
    "Attachment", "Attribute", "CatalogueEntry", "ChannelUse", "CleanupRound", "CleanupTask", "Counter", "EntryImport",
    "Form", "Interpretation", "Item", "ItemVersion", "OldAddress", "PageKind", "ProposedInterpretation", "Stage", "StandingPage", "StoredFile",
    "TextState", "Validity", "Verdict",
]  # fmt: skip
