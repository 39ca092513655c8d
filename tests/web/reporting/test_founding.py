"""The founding documents through the checker: figures as read by eye, broken sums explained, planted words named."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest

from gongkai.report import flatten

from .corpus import digits, founding
from .test_checker import shown_figures

pytestmark = pytest.mark.django_db


def test_figures_are_those_of_the_truth(drop):
    for path, truth in founding():
        html = drop(path.name, path.read_bytes()).content.decode()
        shown = shown_figures(html)
        for address, value in flatten(truth["figures"]).items():
            wanted = "" if value is None else str(value)
            accepted = {wanted, *(("", "—", "？", "0") if value is None else ())}
            assert shown[address].removesuffix("万元") in accepted, (path.name, address)
        assert f"<dd>{truth['year']}</dd>" in html and f"{truth['form']}年格式" in html


def test_every_outlined_place_holds_the_printed_figure(drop):
    for path, truth in founding():
        html = drop(path.name, path.read_bytes()).content.decode()
        places = {a: unescape(t) for a, t in re.findall(r'<b id="at-([^"]+)"[^>]*>(.*?)</b>', html)}
        for address, value in flatten(truth["figures"]).items():
            if value is not None and address in places:
                # as printed: +91, (减)7
                assert digits(places[address]) == digits(str(value)), (path.name, address)
        numbers = sum(value is not None for value in flatten(truth["figures"]).values())
        assert sum(address in places for address, v in flatten(truth["figures"]).items() if v is not None) == numbers


def test_broken_sums_are_explained_with_a_repair(drop):
    path = next(path for path, _ in founding() if path.name.startswith("003"))
    html = drop(path.name, path.read_bytes()).content.decode()
    assert "六类申请人之和为98，总计为49" in html
    assert "总计误填在第一列，其后各列依次右移了一格" in html and "应为42、3、0、0、0、4、49" in html
    assert "原表数字没有改动" in html


def test_a_hijacked_page_is_named(drop):
    path = next(path for path, _ in founding() if path.name.startswith("000"))
    html = drop(path.name, path.read_bytes()).content.decode()
    assert "页面被植入广告，机关名称可能已被替换" in html
    assert "全部成立，<em>页面被植入无关内容</em></p>" in html
    assert re.search(r'<mark id="problem-0" class="at problem">[^<]*365', html)


@pytest.mark.slow
def test_the_first_result_is_there_within_two_seconds(drop):
    path, _ = founding()[1]
    drop(path.name, path.read_bytes())
    began = time.monotonic()
    drop(path.name, path.read_bytes())
    assert time.monotonic() - began < 2
