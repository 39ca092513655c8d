"""The checker and the column in a real browser: files really dropped, figures checked, places really outlined."""

from __future__ import annotations

import base64

import pytest

from gongkai.report import flatten
from tests.web.reporting import samples
from tests.web.reporting.conftest import empty_checker  # noqa: F401 - a fixture
from tests.web.reporting.corpus import digits, founding

from .judging import judged

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DROP = """([panel, name, data]) => {
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    panel.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
  }
}"""
FIGURES = """() => Object.fromEntries([...document.querySelectorAll("td[data-address]")].map(cell => {
  const shown = cell.cloneNode(true); shown.querySelectorAll(".vh").forEach(one => one.remove());
  return [cell.dataset.address, shown.textContent.trim()];
}))"""
OUTLINED = """address => {
  location.hash = "at-" + address;
  const place = document.querySelector("#source :target");
  if (!place) return null;
  const box = place.getBoundingClientRect(), pane = place.closest(".scroll").getBoundingClientRect();
  const style = getComputedStyle(place);
  return {text: place.textContent.trim(), seen: box.bottom > pane.top && box.top < pane.bottom && box.width > 0,
          lined: parseFloat(style.outlineWidth) >= 2 || parseFloat(style.strokeWidth) >= 2};
}"""


def dropped(page, name, data):
    page.goto("/checker/")
    panel = page.locator("[data-drop]").element_handle()
    page.evaluate(DROP, [panel, name, base64.b64encode(data).decode()])
    page.locator(".verdict").wait_for(timeout=120_000)


def test_the_founding_documents_dropped_one_by_one(visit):
    page = visit()
    for path, truth in founding():
        dropped(page, path.name, path.read_bytes())
        shown = page.evaluate(FIGURES)
        for address, value in flatten(truth["figures"]).items():
            if value is None:
                continue
            assert shown[address].removesuffix("万元") == str(value), (path.name, address)
            place = page.evaluate(OUTLINED, address)
            assert place is not None and place["lined"] and place["seen"], (path.name, address)
            # as printed: +91, (减)7
            assert digits(place["text"]) == digits(str(value)), (path.name, address)
        if path.name.startswith("003"):
            assert "总计误填在第一列" in page.locator(".repair").first.inner_text()
        if path.name.startswith("000"):
            assert "植入广告" in page.locator(".finding").first.inner_text()


@pytest.mark.parametrize("to", ["html", "docx", "xlsx", "pdf"])
def test_places_are_outlined_in_every_format(visit, to):
    page = visit()
    dropped(page, f"报告.{to}", samples.document(to, broken=True))
    for address, figure in list(samples.figures(broken=True).items())[::7]:
        place = page.evaluate(OUTLINED, address)
        assert place["lined"] and place["seen"] and place["text"] == str(figure.value), (to, address)


def test_a_text_is_checked_as_a_page_is(visit):
    """How soon is measured by benches/checker.py."""
    page = visit()
    dropped(page, "报告.html", samples.document())
    shown = page.evaluate(FIGURES)
    dropped(page, "报告.txt", samples.text())
    assert page.evaluate(FIGURES) == shown


def test_a_figure_leads_to_its_place_by_mouse_and_its_row_by_keyboard(visit):
    page = visit()
    dropped(page, "报告.html", samples.document())
    page.locator('td[data-address="requests.granted.total"] a').click()
    assert page.locator("#source :target").inner_text() == "55"
    page.get_by_role("link", name="一、本年新收政府信息公开申请数量").focus()
    page.keyboard.press("Enter")
    assert page.locator("#source :target").inner_text() == "42"


def test_the_checker_works_without_script(visit, tmp_path):
    path = tmp_path / "报告.html"
    path.write_bytes(samples.document(broken=True))
    page = visit(script=False)
    page.goto("/checker/")
    page.set_input_files("#f-file", str(path))
    page.get_by_role("button", name="开始检查").click()
    page.locator(".verdict").wait_for()
    assert "六类申请人之和" in page.content()
    page.get_by_role("button", name="立即清除文件和结果").click()
    assert "已清除" in page.content()


def test_every_result_is_accessible_and_fits(visit):
    page, report = visit(), {}
    for name, data in (("报告.html", samples.document(broken=True)), ("报告.pdf", samples.document("pdf", broken=True)),
                       ("别的.txt", "关于开展培训的通知".encode())):  # fmt: skip
        dropped(page, name, data)
        report[name] = judged(page)
    assert {name: found for name, found in report.items() if found} == {}
