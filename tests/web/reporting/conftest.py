"""Uploads for these tests; every test begins with an empty checker and a full share of checks."""

from __future__ import annotations

import dataclasses
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.review.checks.inspection import LIMITS, look


@pytest.fixture(autouse=True)
def empty_checker(settings, tmp_path):
    settings.ENV = dataclasses.replace(settings.ENV, data=tmp_path)


@pytest.fixture(autouse=True)
def looked_into_here(monkeypatch):
    # A process for each little original would cost a second each; inspection itself is tested with the files.
    monkeypatch.setattr("gongkai.web.review.checks.contents.inspect_apart", lambda path, name, family: look(str(path), name, family, LIMITS))


@pytest.fixture
def drop(client):
    """`drop("报告.html", data)`: the answer that the visitor ends at."""

    def go(name: str, data: bytes, by=None, **more):
        visitor = by or client
        answer = visitor.post("/checker/", {"file": SimpleUploadedFile(name, data), **more})
        end = time.monotonic() + 120
        while answer.status_code == 302 and time.monotonic() < end:
            place = answer["Location"]
            answer = visitor.get(place)
            if answer.status_code == 200 and "正在检查</h1>" in answer.content.decode():
                time.sleep(0.3)
                answer.status_code = 302
                answer["Location"] = place
        answer.place = place if "place" in locals() else None
        return answer

    return go
