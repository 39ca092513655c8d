"""The checker through its door: results, limits, and that nothing stays."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.audit.models import AuditEvent
from gongkai.web.house.plain_text import is_plain
from gongkai.web.reporting.checker import jobs, limits, store
from gongkai.web.reporting.models import AnnualReport, ReportFile
from gongkai.web.reporting.views import checker

from . import samples

pytestmark = pytest.mark.django_db


def shown_figures(html):
    cells = re.findall(r'<td role="cell" class="([^"]*)" data-address="([^"]+)"[^>]*>(.*?)</td>', html)
    return {address: re.sub(r"<span.*?</span>|<[^>]+>", "", text) for _, address, text in cells}


def test_a_report_dropped_is_read_checked_and_placed(drop):
    answer = drop("水务局.html", samples.document(broken=True))
    html = answer.content.decode()
    assert answer.status_code == 200
    truth = samples.figures(broken=True)
    assert shown_figures(html) == {address: str(figure.value) for address, figure in truth.items()}
    assert "最可能的改法" in html and "六类申请人之和" in html
    for address in truth:
        assert f'href="#at-{address}"' in html and html.count(f'id="at-{address}"') == 1
    assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["水务局.txt", "水务\x00局\x0b.txt"])
def test_no_character_that_a_page_cannot_hold_comes_back(drop, name):
    text = (Path(__file__).parents[3] / "examples" / "one-cell-a-line.txt").read_text("utf-8")
    answer = drop(name, text.replace("主动公开", "主动\x00公开\x0b").encode())
    assert answer.status_code == 200 and "主动公开" in answer.content.decode()
    assert is_plain(answer.content.decode())


def test_the_document_is_gone_and_nothing_is_in_the_database(drop):
    before = AuditEvent.objects.count()
    answer = drop("水务局.html", samples.document())
    passing = store.Passing(answer.place.split("/")[2])
    assert answer.status_code == 200 and passing.document() is None
    assert not AnnualReport.objects.exists() and not ReportFile.objects.exists()
    assert AuditEvent.objects.count() == before
    assert not answer.cookies


def test_forgetting_removes_everything(drop, client):
    answer = drop("水务局.html", samples.document())
    assert "已清除" in client.post(answer.place + "forget").content.decode()
    assert client.get(answer.place).status_code == 404
    assert [one for one in store.root().iterdir() if one.name != ".visits"] == []


def test_a_result_is_gone_after_its_time(drop, client, monkeypatch):
    answer = drop("水务局.html", samples.document())
    now = time.time()
    monkeypatch.setattr(store.time, "time", lambda: now + limits.KEPT_SECONDS + 1)
    assert client.get(answer.place).status_code == 404
    assert not store.Passing(answer.place.split("/")[2]).folder.exists()


def test_what_is_past_its_time_is_swept_though_nobody_comes(drop, monkeypatch):
    answer = drop("水务局.html", samples.document())
    now = time.time()
    monkeypatch.setattr(store.time, "time", lambda: now + limits.KEPT_SECONDS + 60)
    assert store.purge() == 1
    assert not store.Passing(answer.place.split("/")[2]).folder.exists()


@pytest.mark.parametrize("to", ["json", "csv", "xlsx"])
def test_results_can_be_taken_along(drop, client, to):
    answer = drop("水务局.html", samples.document(broken=True))
    file = client.get(f"{answer.place}result.{to}")
    assert file.status_code == 200 and "attachment" in file["Content-Disposition"]
    if to == "json":
        assert file.json()["findings"] and file.json()["figures"]["requests"]["new_received"]["total"] == 53
    assert client.get(f"{answer.place}result.html").status_code == 404


@pytest.mark.parametrize("key", ["A" * 24, "../../keys/secret", "x"])
def test_keys_are_not_guessed(client, key):
    assert client.get(f"/checker/{key}/").status_code == 404


def test_an_archive_shows_each_of_its_reports(drop, client):
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/2023.html", samples.document())
        archive.writestr("乙/2022.html", samples.document(year=2022))
    answer = drop("全部.zip", packed.getvalue())
    assert "2023年" in answer.content.decode() and "2022.html" in answer.content.decode()
    assert "2022年政府信息公开" in client.get(answer.place + "?n=2").content.decode()


def test_an_address_gets_its_share_and_no_more(client, monkeypatch):
    monkeypatch.setattr(checker, "CHECKS", 3)
    answers = [client.post("/checker/", {"file": SimpleUploadedFile("a.txt", b"x")}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "您的次数已用完" in answers[3].content.decode()
    assert 1 <= int(answers[3]["Retry-After"]) <= limits.WITHIN_SECONDS


def test_when_too_many_wait_the_next_is_sent_away(client, monkeypatch):
    def busy(passing, state):
        raise jobs.Busy

    monkeypatch.setattr(jobs, "start", busy)
    answer = client.post("/checker/", {"file": SimpleUploadedFile("a.txt", b"x")})
    assert answer.status_code == 503 and "等候检查的文件较多" in answer.content.decode()
    assert [one for one in store.root().iterdir() if one.name != ".visits"] == []


def test_a_long_reading_shows_how_far_it_is(client, monkeypatch):
    monkeypatch.setattr(jobs, "start", lambda passing, state: None)
    place = client.post("/checker/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})["Location"]
    page = client.get(place).content.decode()
    assert 'http-equiv="refresh"' in page and "正在排队" in page
    assert "已用" in client.get(place + "progress").content.decode()
    passing = store.Passing(place.split("/")[2])
    state = passing.state()
    state.stage, state.words = "refused", "读不了。"
    passing.tell(state)
    assert client.get(place + "progress")["HX-Redirect"] == place
    assert "读不了。" in client.get(place).content.decode()


def test_a_check_whose_reader_was_ended_says_so(client, monkeypatch):
    monkeypatch.setattr(jobs, "start", lambda passing, state: None)
    place = client.post("/checker/", {"file": SimpleUploadedFile("a.txt", b"x")})["Location"]
    now = time.time()
    monkeypatch.setattr("gongkai.web.reporting.views.checker.time.time", lambda: now + 301)
    assert "检查中断" in client.get(place).content.decode()


def test_nothing_chosen_is_said_at_the_field(client):
    answer = client.post("/checker/", {})
    html = answer.content.decode()
    assert answer.status_code == 400 and "还没有选择文件" in html and 'aria-invalid="true"' in html


def test_a_foreign_page_cannot_post(client):
    answer = client.post("/checker/", {"file": SimpleUploadedFile("a.txt", b"x")}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 400
