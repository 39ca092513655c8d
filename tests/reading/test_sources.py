"""Which files are documents."""

from pathlib import Path

from gongkai.reading.sources import find_documents


def test_folders_give_their_documents_sorted_and_named_files_are_always_taken(tmp_path: Path) -> None:
    for name in ("b.html", "a.docx", "a.json", ".hidden.html", "~$a.docx", "下级/c.PDF", ".git/d.html", "x.bin", "下级/e.ofd"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    named = [tmp_path / "x.bin", tmp_path, tmp_path / "missing"]
    assert [str(p.relative_to(tmp_path)) for p in find_documents(named)] == [
        "x.bin", "a.docx", "b.html", "下级/c.PDF", "下级/e.ofd", "missing"]  # fmt: skip
