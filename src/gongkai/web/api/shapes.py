"""What the API gives, as shapes for OpenAPI. Days are YYYY-MM-DD, moments ISO 8601 with zone."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema


class OrganOut(Schema):
    """An organ or region."""

    slug: str
    name: str
    short_name: str
    kind: str
    type: str
    level: int
    parent: str | None
    division_code: str
    credit_code: str
    closed_on: date | None
    url: str


class OfficeOut(Schema):
    """The OGI office (Art. 12)."""

    name: str
    address: str
    postcode: str
    hours: str
    phone: str
    fax: str
    email: str
    online: str


class OrganWhole(OrganOut):
    """An organ with its office."""

    office: OfficeOut | None


class ItemOut(Schema):
    """An item in a list; `number` is its stable id."""

    number: int
    url: str
    index_number: str
    title: str
    document_number: str
    organ: str
    organ_name: str
    kind: str
    art20: str
    art21: str
    theme: str
    genre: str
    keywords: list[str]
    summary: str
    written_on: date | None
    effective_on: date | None
    expires_on: date | None
    published_at: datetime
    updated_at: datetime
    validity: str
    validity_title: str


class FileOut(Schema):
    """An attachment: its bytes are at `url`."""

    name: str
    title: str
    type: str
    size: int
    sha256: str
    url: str


class LinkOut(Schema):
    """A link to another item."""

    number: int
    title: str
    form: str
    url: str


class ChannelOut(Schema):
    """Where else it was published."""

    channel: str
    on: date
    address: str
    place: str


class ItemWhole(ItemOut):
    """An item with all that its page shows."""

    body: str
    source: str
    joint_organs: list[str]
    attachments: list[FileOut]
    interpretations: list[LinkOut]
    policies: list[LinkOut]
    ended_by: int | None
    ended: list[int]
    channels: list[ChannelOut]
    entries: list[int]


class ItemPage(Schema):
    """`next` is the cursor of the next page, null at the end."""

    items: list[ItemOut]
    next: str | None


class EntryOut(Schema):
    """A row of the standard catalogue."""

    id: int
    organ: str
    field: str
    seq: int
    item_level1: str
    item_level2: str
    content_elements: str
    legal_basis: str
    time_limit: str
    responsible: str
    carriers: list[str]
    audience_all: bool
    audience_specific: str
    mode_proactive: bool
    mode_on_request: bool
    items: int
    url: str


class PageOut(Schema):
    """A guide or a rule."""

    id: int
    organ: str
    kind: str
    title: str
    revised_on: date
    classification: str
    arrangement: str
    obtaining: str
    requesting: str
    remedies: str
    body: str
    item: int | None


class ReportOut(Schema):
    """An annual report; `data` is the report with its figures as JSON."""

    organ: str
    year: int
    title: str
    form: str
    published_on: date | None
    errors: int
    warnings: int
    url: str
    data: str


class TermOut(Schema):
    """A term of a classification."""

    key: str
    title: str


class Problem(Schema):
    """Why there is no answer."""

    detail: str
