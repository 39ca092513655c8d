import pytest
from tests.writing.samples import sample

from gongkai.reading.naming import misnamed
from gongkai.reading.pipeline import read_bytes
from gongkai.writing import to_bytes


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.pdf", "pdf"), ("a.XLS", "sheet"), ("a.wps", "doc"), ("a.html", "mht"), ("a.txt", "html"), ("a.md", "text"),
     ("a", "docx"), ("content_1234.jspx", "html"), ("a.zip!b.JPG", "image")],
)  # fmt: skip
def test_a_name_that_keeps_its_word_is_no_problem(name, kind):
    assert misnamed(name, kind) is None


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("a.pdf", "docx", "“.pdf”结尾，内容却是Word文档"), ("b.xls", "html", "内容却是网页"), ("c.doc", "docx", "（docx）"),
     ("d.zip!e.html", "pdf", "“.html”结尾，内容却是PDF文档")],
)  # fmt: skip
def test_a_name_that_breaks_it_is_told(name, kind, said):
    problem = misnamed(name, kind)
    assert problem.code == "misnamed" and said in problem.message and problem.trace.file == name


def test_the_figures_are_read_all_the_same():
    (right,) = read_bytes(to_bytes(sample(), "docx"), "report.docx")
    (wrong,) = read_bytes(to_bytes(sample(), "docx"), "report.pdf")
    assert {key: one.value for key, one in wrong.figures.items()} == {key: one.value for key, one in right.figures.items()}
    assert sorted(one.code for one in wrong.problems) == sorted(["misnamed", *(one.code for one in right.problems)])
