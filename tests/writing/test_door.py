import io
import os
import stat
import time
from datetime import date

import pytest

from gongkai.forms import FORM_KEYS
from gongkai.writing import FORMATS, CannotWrite, to_bytes, write, write_many
from tests.writing.samples import hostile, sample


@pytest.mark.parametrize("key", FORM_KEYS)
@pytest.mark.parametrize("to", FORMATS)
def test_the_same_report_gives_the_same_bytes_whatever_the_clock(to, key, monkeypatch):
    if to == "parquet":
        pytest.importorskip("pyarrow")
    first = to_bytes(sample(key), to)
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + 86400 * 400)
    monkeypatch.setattr(time, "localtime", lambda *a: time.gmtime(86400 * 365 * 40))
    assert to_bytes(sample(key), to) == first


@pytest.mark.parametrize("to", ["html", "docx", "pdf", "xlsx", "json", "csv"])
@pytest.mark.parametrize(
    "report",
    [hostile(), sample(organ=None, year=None, title=None, published=None), sample(form=None, figures={}, sections=()),
     sample(figures={})],
    ids=["hostile", "nameless", "empty", "no figures"],
)  # fmt: skip
def test_every_report_can_be_written(to, report):
    assert to_bytes(report, to)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_path_is_written_with_the_permissions_the_process_asks_for(tmp_path, mask, mode):
    path, before = tmp_path / "report.html", os.umask(mask)
    try:
        write(sample(), "html", path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_path_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "report.html"
    write(sample(), "html", path)
    assert path.read_bytes() == to_bytes(sample(), "html")
    with pytest.raises(CannotWrite):
        write(sample(figures={"no.such.figure": sample().figures["requests.granted.total"]}), "html", path)
    assert path.read_bytes() == to_bytes(sample(), "html")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    out = io.BytesIO()
    write(sample(), "html", out)
    assert out.getvalue() == path.read_bytes()


def test_unknown_formats_and_data_sets_in_single_formats_are_refused():
    with pytest.raises(CannotWrite, match="odt"):
        to_bytes(sample(), "odt")
    with pytest.raises(CannotWrite, match="csv"):
        write_many([sample()], "docx", io.BytesIO())


def test_a_date_before_1980_does_not_stop_a_zip():
    assert to_bytes(sample(published=date(1979, 12, 31)), "docx")
    assert to_bytes(sample(published=date(1979, 12, 31)), "pdf")
