"""Pictures of pages: printed with typst, then skewed, turned and spoiled as scanners do."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from importlib.util import find_spec

import pypdfium2 as pdfium
import pytest
from drawing import matrix
from hypothesis import given, settings
from hypothesis import strategies as st
from printing import pdf

from gongkai.reading.blocks import Document, Grid, Paragraph
from gongkai.reading.formats import ocr
from gongkai.reading.formats.image import open_image
from gongkai.reading.formats.page import Page
from gongkai.reading.formats.pdf import open_pdf
from gongkai.reading.limits import CannotRead, Limits

if find_spec("rapidocr") is None and os.environ.get("CI") != "true":
    pytest.skip("the extra [ocr] is not installed: pip install 'gongkai[ocr]'", allow_module_level=True)

import cv2
import numpy as np
from PIL import Image

from gongkai.reading.formats.ocr import pictures

ROWS = [
    ["规章", "0", "1", "12"],
    ["行政规范性文件", "7", "", "345"],
    ["行政许可", "/", "—", "10,328"],
    ["行政处罚", "11", "101", "6"],
    ["行政强制", "8", "3", "90"],
]
PROSE = "本年度收到政府信息公开申请二十六件，结转零件，全部办结。"
BODY = (
    f"{PROSE}\n\n#table(columns: (5cm, 3cm, 3cm, 3cm), stroke: 0.6pt, align: center + horizon,"
    "table.cell(colspan: 4)[第二十条], "
    + ", ".join(f"[{c}]" for row in ROWS for c in row)
    + ")\n\n二、其他需要报告的事项"
)


def sheet(dots: int = 150) -> np.ndarray:
    """The page as greys at this density."""
    page = pdfium.PdfDocument(pdf(BODY))[0].render(scale=dots / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(page[: page.shape[0] // 2 + 100])


def scanned(image: np.ndarray, angle: float = 0.0, noise: float = 6.0) -> np.ndarray:
    """As a scanner might see it: skewed, blurred, noisy, on greyish paper."""
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    out = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    out = cv2.GaussianBlur(out, (3, 3), 0.6).astype(np.float32) * 0.92
    out += np.random.default_rng(4).normal(0, noise, out.shape)
    return np.clip(out, 0, 255).astype(np.uint8)


def packed(image: np.ndarray, format: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(image).save(out, format, **more)
    return out.getvalue()


def expected() -> list[list[str]]:
    return [["第二十条", "<", "<", "<"], *ROWS]


def grid_of(found: Document) -> Grid:
    (grid,) = (b for b in found.blocks if isinstance(b, Grid))
    assert grid.exact
    return grid


def said(found: Document) -> list[str]:
    return ["".join(b.text.split()) for b in found.blocks if isinstance(b, Paragraph)]


@pytest.mark.slow
@pytest.mark.parametrize("angle", [0.0, 1.3, -2.6])
def test_a_skewed_scan(angle: float) -> None:
    found = open_image(packed(scanned(sheet(), angle), dpi=(150, 150), quality=70), "a.jpg", Limits())
    assert found.kind == "scan"
    grid = grid_of(found)
    assert matrix(grid) == expected()
    assert all(c.spot.confidence is not None for c in grid.cells)
    assert next(c for c in grid.cells if c.text == "345").spot.confidence > 0.9  # type: ignore[operator]
    first, last = said(found)
    assert first.replace(",", "，") == PROSE
    assert last == "二、其他需要报告的事项"


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2])
def test_a_page_on_its_side_or_on_its_head(turns: int) -> None:
    upright = sheet(130)
    found = open_image(packed(np.rot90(upright, turns), "PNG", dpi=(130, 130)), "a.png", Limits())
    grid = grid_of(found)
    assert matrix(grid) == expected()
    # The box of a cell frames its text on the picture as given.
    points = 72 / 130
    left, top, right, bottom = (
        round(v / points) for v in next(c for c in grid.cells if c.text == "345").spot.box or ()
    )
    ink = np.rot90(upright, turns)[top + 4 : bottom - 4, left + 4 : right - 4]
    assert ink.min() < 100


@pytest.mark.slow
def test_a_scanned_pdf_and_its_boxes() -> None:
    document = pdfium.PdfDocument.new()
    page = document.new_page(595, 842)
    image = pdfium.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(packed(scanned(sheet(), 0.8))), inline=True)
    width, height = image.get_px_size()
    image.set_matrix(
        pdfium.PdfMatrix().scale(595, 595 * height / width).translate(0, 842 - 595 * height / width)
    )
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    found = open_pdf(out.getvalue(), "a.pdf", Limits())
    assert found.kind == "scan"
    grid = grid_of(found)
    assert matrix(grid) == expected()
    assert grid.cells[0].spot.page == 1
    assert grid.cells[0].spot.box == pytest.approx((56, 90, 453, 108), abs=16)


@pytest.mark.slow
def test_pages_of_a_long_picture_are_straightened_one_by_one() -> None:
    half = sheet(130)[:700]
    page = np.full((round(half.shape[1] * 2**0.5), half.shape[1]), 255, np.uint8)
    page[: half.shape[0]] = half
    long = np.vstack([scanned(page, 0.9, 2), scanned(page, -0.9, 2)])
    found = open_image(packed(long, "PNG"), "a.png", Limits())
    assert [matrix(b) for b in found.blocks if isinstance(b, Grid)] == [expected(), expected()]


@pytest.mark.slow
def test_every_page_of_a_tiff() -> None:
    small = Image.fromarray(sheet(110)[:620])
    out = io.BytesIO()
    small.save(out, "TIFF", save_all=True, append_images=[small], dpi=(110, 110), compression="tiff_lzw")
    found = open_image(out.getvalue(), "a.tif", Limits())
    assert [b.spot.page for b in found.blocks if isinstance(b, Grid)] == [1, 2]
    with pytest.raises(CannotRead) as verdict:
        open_image(out.getvalue(), "a.tif", replace(Limits(), pages=1))
    assert verdict.value.code == "too_large"


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    (problem,) = open_image(packed(np.full((9, 9), 255, np.uint8), "PNG"), "a.png", Limits()).problems
    assert problem.code == "ocr_missing"
    assert "pip install" in problem.message


def test_a_picture_that_would_not_fit_into_memory() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(CannotRead) as verdict:
        open_image(out.getvalue(), "a.png", Limits())
    assert verdict.value.code == "too_large"


@settings(max_examples=50)
@given(st.data())
def test_damaged_pictures_are_read_or_refused(data: st.DataObject) -> None:
    """Decoding only: a blank page needs no recogniser, and damage rarely draws letters."""
    format = data.draw(st.sampled_from(["PNG", "JPEG", "TIFF", "GIF", "BMP"]))
    whole = bytearray(packed(np.full((24, 32), 255, np.uint8), format))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            pictures, "read", lambda image, number, points: Page(number, 1, image.shape[0] * points)
        )
        try:
            assert isinstance(open_image(bytes(whole), "a", Limits()), Document)
        except CannotRead as verdict:
            assert verdict.code in {"corrupt", "too_large"}
