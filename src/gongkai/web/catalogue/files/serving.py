"""Serving an attached file so that nothing in it can act in the site's name."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from gongkai.web.catalogue.models import Attachment

from .types import BY_KEY


def respond(attachment: Attachment, inline: bool = False) -> FileResponse:
    """The content as a download; `inline` shows it where its type allows. The caller has asked `visible`.

    Served as the type it was found to be, never sniffed; downloads are sandboxed besides, so that even a browser
    that ignores the disposition runs nothing.
    """
    kind = BY_KEY.get(attachment.file.type)
    shown = inline and kind is not None and kind.inline
    try:
        content = default_storage.open(attachment.file.path)
    except FileNotFoundError as error:
        raise Http404 from error
    media = kind.media if kind is not None else "application/octet-stream"
    answer = FileResponse(content, as_attachment=not shown, filename=attachment.name, content_type=media)
    answer["X-Content-Type-Options"] = "nosniff"
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-ancestors 'none'"
    answer["Content-Security-Policy"] = policy if shown else f"sandbox; {policy}"
    answer["ETag"] = etag_of(attachment)
    return answer


def etag_of(attachment: Attachment) -> str:
    """Of the content, whose hash is the key of its row."""
    return f'"{attachment.file_id}"'
