import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.forms import FORM_KEYS, form
from gongkai.writing import to_bytes
from tests.writing.samples import HOSTILE, hostile, sample


def page(report):
    return LexborHTMLParser(to_bytes(report, "html").decode())


@pytest.mark.parametrize("key", FORM_KEYS)
def test_every_figure_stands_in_its_cell_under_headings_that_exist(key):
    report = sample(key)
    tree = page(report)
    cells = {n.attributes["data-address"]: n for n in tree.css("td[data-address]")}
    assert list(cells) == list(form(key).cells)
    ids = {n.attributes["id"] for n in tree.css("th")}
    for address, node in cells.items():
        figure = report.figures[address]
        assert node.attributes["class"].split()[0] == figure.state.value
        if figure.value is not None:
            assert node.text().removesuffix("万元") == format(
                figure.value, "f" if "." in str(figure.value) else "d"
            )
        assert set(node.attributes["headers"].split()) <= ids
    assert len(ids) == len(tree.css("th"))


def test_tables_have_captions_scopes_and_the_merged_cells_of_the_form():
    tree = page(sample("2019"))
    assert [n.text() for n in tree.css("caption")] == [t.title for t in form("2019").tables.values()]
    assert all(n.attributes["scope"] in ("col", "colgroup", "row", "rowgroup") for n in tree.css("th"))
    merged = {n.text(): n.attributes.get("rowspan") for n in tree.css("th[scope=rowgroup]")}
    assert merged["三、本年度办理结果"] == "20" and merged["（三）不予公开"] == "8"
    assert [n.attributes.get("colspan") for n in tree.css("table.remedies thead tr:first-child th")] == [
        "5",
        "10",
    ]
    assert len(tree.css("table.remedies tbody td")) == 15


def test_the_page_stands_alone_in_chinese_and_names_itself():
    tree = page(sample())
    assert tree.css_first("html").attributes["lang"] == "zh-CN"
    assert tree.css_first("h1").text() == sample().title == tree.css_first("title").text()
    tags = {n.attributes["name"]: n.attributes["content"] for n in tree.css("meta[name]")}
    assert tags["ArticleTitle"] == sample().title and tags["PubDate"] == "2025-01-20"
    assert tags["ContentSource"] == "东屏县水利局" and tags["ColumnType"] == "政府信息公开年报"
    assert not tree.css("script, link, img, iframe") and b"http://" not in to_bytes(sample(), "html")
    assert [n.text() for n in tree.css("h2")][:2] == ["一、总体情况", "二、主动公开政府信息情况"]
    assert [n.text() for n in tree.css("h3")] == ["（一）主动公开情况"]


def test_hostile_text_stays_text():
    tree = page(hostile())
    assert not tree.css("script") and not tree.css("[onerror]")
    assert tree.css_first("h1").text() == HOSTILE
    assert HOSTILE in tree.css_first("article > p").text()
    assert "default-src 'none'" in tree.css_first("meta[http-equiv]").attributes["content"]
    assert tree.css_first("h2").text() == "一、" + HOSTILE
