"""Imports: whatever table is uploaded, each importer either reads it or says in Chinese why not, in this very process.

A workbook that would unfold to gigabytes must be refused before the library sees it: it would take the web server along.
"""

from __future__ import annotations

import csv
import io
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.bringing_in.table.template import template
from gongkai.web.catalogue.models import CatalogueEntry, Item
from gongkai.web.organs.importing.columns import COLUMNS as ORGAN_COLUMNS
from gongkai.web.organs.models import Organ
from tests.reading.mutations import mutated
from tests.web.catalogue.test_standard import official

from . import files, values
from .judge import faults

PATHS = {
    "/staff/organs-import": ("shi", "file", {}),
    "/staff/entries/of/lh-shuiwu/import": ("ou", "file", {}),
    "/staff/bringing-in": ("fan", "table", {"organ": "water"}),
}


def organs() -> bytes:
    return files._xlsx([[column.title for column in ORGAN_COLUMNS], ["lh-jy", "临禾市教育局", "机关", "linhe", "市级"]])


def items() -> bytes:
    return template()


GOOD = dict(zip(PATHS, (organs, official, items), strict=True))


@pytest.fixture
def bring(town, sign_in, settings, tmp_path):
    """`bring(path, name, data)`: upload, look at the preview, press the button; every answer judged."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
    }
    clients = {who: sign_in(who) for who, _, _ in PATHS.values()}
    for client in clients.values():
        client.raise_request_exception = False

    def go(path, name, data):
        who, field, more = PATHS[path]
        values = {key: getattr(town, value).pk for key, value in more.items()}
        answer = clients[who].post(path, {field: SimpleUploadedFile(name, data), **values})
        found = [*faults("POST", answer.status_code, answer.headers, answer.content)]
        text = answer.content.decode()
        if answer.status_code == 302:
            place = answer["Location"]
            for method in ("get", "post"):
                answer = getattr(clients[who], method)(place)
                found += faults(method.upper(), answer.status_code, answer.headers, answer.content)
        else:
            assert answer.status_code == 200 or (answer.status_code == 413 and "这里最多接收" in text)
            assert answer.status_code == 413 or 'class="error' in text or "error" in text, "refused without a word"
        assert found == [], (path, name, data[:300], found)
        return answer

    return go


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_hostile_files(bring, path):
    for name, data in files.files():
        for suffix in ("", ".xlsx", ".csv"):
            if len(data) < 2_000_000 or not suffix:
                bring(path, name if not suffix else f"表{suffix}", data)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("seed", range(8))
def test_damaged_workbooks(bring, path, seed):
    random = Random(f"{path}{seed}")
    for _ in range(6):
        bring(path, "表.xlsx", mutated(GOOD[path](), random))


def cells(path: str, random: Random) -> list[list[str]]:
    """The good table's head over rows of hostile and plausible cells."""
    import python_calamine

    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(GOOD[path]())).get_sheet_by_index(0)
    rows = [[str(cell) for cell in row] for row in sheet.to_python()]
    width = len(rows[0])
    texts = [text.decode("utf-8", "replace") for text in values.TEXTS if len(text) < 10_000]
    for _ in range(12):
        row = list(random.choice(rows[1:])) if len(rows) > 1 and random.random() < 0.6 else [""] * width
        for at in range(width):
            if random.random() < 0.3:
                row[at] = random.choice([*texts, *values.DATES, *values.NUMBERS])
        rows.append(row)
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("seed", range(6))
def test_hostile_cells(bring, path, seed):
    random = Random(f"cells{path}{seed}")
    rows = cells(path, random)
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[cell.replace("\x00", "") for cell in row] for row in rows])
    bring(path, "表.csv", buffer.getvalue().encode("utf-8", "replace"))
    bring(path, "表.xlsx", files._xlsx([[cell[:30_000] for cell in row] for row in rows]))
    for model in (Organ, CatalogueEntry, Item):
        for one in model.objects.all():
            for field in ("name", "title", "item_level1", "summary"):
                text = str(getattr(one, field, ""))
                assert not any(sign < " " and sign not in "\t\r\n" for sign in text), (model, field, text)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", ["far", "long", "xls", "bomb"])
def test_workbooks_that_would_unfold(bring, path, kind):
    answer = bring(path, "表.xlsx", files.unfolding()[kind])
    assert answer.status_code == 200
    assert any(word in answer.content.decode() for word in ("过大", "损坏", "上限", "打不开", "没有标准目录表", "超过"))
