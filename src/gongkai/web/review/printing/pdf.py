"""A form as a tagged PDF, by typst, in the faces of gongkai.writing."""

from __future__ import annotations

import json
from importlib.resources import files

import typst

from gongkai.writing.page import CannotWrite, clean
from gongkai.writing.pdf import _FONTS as FACES
from gongkai.writing.pdf import _fonts as fonts

from .forms import Form


def to_pdf(form: Form, organ: str, facts: dict[str, str]) -> bytes:
    """The form filled in for `organ`. Raises CannotWrite for a character that no font at hand has."""
    rows = [
        {
            "tall": row.tall,
            "cells": [
                {
                    "span": cell.span, "label": bool(cell.label), "signed": cell.value.startswith("sign_"),
                    "lines": clean(cell.label or facts[cell.value]).split("\n"),
                }
                for cell in row.cells
            ],
        }
        for row in form.rows
    ]  # fmt: skip
    data = {
        "title": form.title, "organ": clean(organ), "byline": f"机关：{clean(organ)}", "columns": form.columns,
        "fonts": FACES, "rows": rows,
    }  # fmt: skip
    words = json.dumps(data, ensure_ascii=False)
    template = (files(__package__) / "form.typ").read_bytes()
    for machine in (False, True):
        try:
            made = typst.compile(
                template, format="pdf", pdf_standards="ua-1", sys_inputs={"form": words}, font_paths=fonts((), machine),
                timestamp=0,
            )  # fmt: skip
            return bytes(made)
        except typst.TypstError as error:
            failed = error
    raise CannotWrite(f"PDF排版没有成功：{failed.message}。请改用DOCX输出。") from failed
