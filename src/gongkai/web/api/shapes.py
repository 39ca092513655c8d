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


class NameOut(Schema):
    """A name and the day from which it was in force (null: from the beginning)."""

    name: str
    since: date | None


class ChangeOut(Schema):
    """What happened to an organ; `organs` are the others in it, those the public sees."""

    kind: str
    title: str
    on: date | None
    basis: str
    note: str
    organs: list[str]


class OrganWhole(OrganOut):
    """An organ with its office, the organs directly below it, its names and its history."""

    office: OfficeOut | None
    below: list[str]
    names: list[NameOut]
    changes: list[ChangeOut]


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
    """An attachment: its bytes are at `url`, a page with its words at `text_url` where they could be taken out."""

    name: str
    title: str
    type: str
    size: int
    sha256: str
    url: str
    text_url: str | None


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
    language: str
    publisher: str
    validity_from: date | None
    validity_basis: str
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
    level_county: bool
    level_township: bool
    level_village: bool
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


class FindingOut(Schema):
    """What the check of a report found."""

    rule: str
    severity: str
    message: str


class ReportWhole(ReportOut):
    """A report with its findings and the troubles of reading it."""

    findings: list[FindingOut]
    problems: list[str]


class PairOut(Schema):
    """A policy and one interpretation of it; `form` in words."""

    policy: ItemOut
    interpretation: ItemOut
    form: str


class PairPage(Schema):
    """`next` is the cursor of the next page, null at the end."""

    pairs: list[PairOut]
    next: str | None


class CountOut(Schema):
    """How many items there are of one key."""

    key: str
    title: str
    count: int


class MonthOut(Schema):
    """How many items were published in a month, YYYY-MM."""

    month: str
    count: int


class Counts(Schema):
    """What a column counts on its index and in its archive; months newest first, those with nothing left out."""

    total: int
    art20: list[CountOut]
    art21: list[CountOut]
    themes: list[CountOut]
    kinds: list[CountOut]
    months: list[MonthOut]


class Marked(Schema):
    """A text and the places of what was looked for: [start, end] in characters."""

    text: str
    marks: list[tuple[int, int]]


class HitOut(Schema):
    """One result."""

    id: str
    kind: str
    url: str
    title: Marked
    snippet: Marked
    organ: str
    organ_name: str
    document_number: str | None
    art20: str | None
    theme: str | None
    validity: str | None
    published_at: datetime


class GroupOut(Schema):
    """A kind and how many results are of it."""

    kind: str
    title: str
    total: int


class Found(Schema):
    """`corrected`: nothing held the words as typed, these are the results for those words. `relaxed`: all but one word."""

    total: int
    page: int
    size: int
    corrected: str | None
    relaxed: bool
    groups: list[GroupOut]
    facets: dict[str, list[CountOut]]
    hits: list[HitOut]


class TermOut(Schema):
    """A term of a classification."""

    key: str
    title: str


class Problem(Schema):
    """Why there is no answer."""

    detail: str
