"""The geometry of pages, shared by all formats that only know places on paper: PDF, OFD, scans.

An adapter gives glyphs (:class:`Word`) and ruling lines (:class:`Rule`) in points; :func:`frames` finds the tables,
:func:`page_of` puts the glyphs into them, :func:`blocks` makes the document.
"""

from gongkai.reading.formats.page.compose import blocks, page_of
from gongkai.reading.formats.page.rulings import Frame, Slot, frames
from gongkai.reading.formats.page.shapes import Box, Line, Page, Rule, Table, Word
from gongkai.reading.formats.page.words import folded, lines

__all__ = ["Box", "Frame", "Line", "Page", "Rule", "Slot", "Table", "Word", "blocks", "folded", "frames", "lines", "page_of"]  # fmt: skip
