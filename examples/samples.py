"""`make samples`: reads the sample reports, shows what was found, checks them, writes one as DOCX and PDF."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import gongkai

HERE = Path(__file__).parent
OUT = HERE.parent / "build" / "demo"
COLUMNS = (("文件", 30), ("机关", 28), ("年度", 6), ("格式", 6), ("数字", 6), ("空白", 6), ("读不出", 8), ("问题", 6), ("不符", 6))


def main(out: Path = OUT) -> None:
    samples = sorted(HERE.glob("*.txt"))
    print("读取 examples/ 里的五份样例\n")
    print(row([title for title, _ in COLUMNS]))
    broken = []
    for report in gongkai.read_many(samples):
        findings = gongkai.check(report)
        states = [figure.state for figure in report.figures.values()]
        print(row([
            Path(report.source).name, report.organ or "—", report.year or "—", report.form or "—",
            sum(s in (gongkai.State.NUMBER, gongkai.State.ZERO) for s in states), states.count(gongkai.State.BLANK),
            states.count(gongkai.State.UNREADABLE), len(report.problems), len(findings),
        ]))  # fmt: skip
        if findings or report.problems:
            broken.append((report, findings))
    for report, findings in broken:
        print(f"\n{Path(report.source).name}")
        for problem in report.problems[:3]:
            print(f"  读取：{problem.message}")
        for finding in findings[:4]:
            print(f"  核对：{finding.message}")
        if len(findings) > 4:
            print(f"  ……共{len(findings)}处不符：gongkai check {Path(report.source).relative_to(HERE.parent)}")
    out.mkdir(parents=True, exist_ok=True)
    chosen = gongkai.read(HERE / "one-cell-a-line.txt")
    for to in ("docx", "pdf"):
        path = out / f"{chosen.organ}{chosen.year}年年度报告.{to}"
        gongkai.write(chosen, to, path)
        print(f"\n已写出 {os.path.relpath(path)}（{path.stat().st_size / 1000:.0f} kB）", end="")
    print()


def row(cells: list[object]) -> str:
    return "".join(padded(str(cell), width) for cell, (_, width) in zip(cells, COLUMNS, strict=True)).rstrip()


def padded(text: str, width: int) -> str:
    """Text filled up to a width on the terminal, where Chinese characters take two places."""
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(1, width - wide)


if __name__ == "__main__":
    main()
