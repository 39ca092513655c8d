"""How fast, and in how much memory, a table of items comes in: `python benches/import_items.py [--rows N] [--database URL]`.

Makes a folder of its own, an organ, and a CSV of N different items with a text of about 600 characters each (no
attachments); brings it in through the command people use; brings it in again; verifies the audit chain.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADS = [
    "来源编号",
    "标题",
    "信息类别",
    "文号",
    "成文日期",
    "发布日期",
    "主题分类",
    "关键词",
    "正文",
    "旧地址",
]
WORDS = "河道整治工程供水管网改造防汛物资储备节水型社会建设农田灌溉水库安全巡查污水处理设施运行补助资金申报评审公示结果通知".strip()
KINDS = ["公告公示", "其他政策文件", "统计数据", "规划计划"]


def table(path: Path, rows: int) -> None:
    """Write the CSV; the same N gives the same file."""
    chance = random.Random(711)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for number in range(rows):
            day = f"{2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            text = "".join(chance.choices(WORDS, k=600))
            title = f"关于{text[:12]}的第{number}号信息"
            body = "\n".join(text[at : at + 120] for at in range(0, 600, 120))
            writer.writerow(
                [
                    f"N{number}",
                    title,
                    KINDS[number % 4],
                    f"临水发〔{day[:4]}〕{number + 1}号",
                    day,
                    day,
                    "",
                    text[:4],
                    body,
                    f"/old/{number}.html",
                ]
            )


def timed(*line: str) -> tuple[float, str]:
    """Seconds and the last line printed. Raises CalledProcessError with the error output shown."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.web", *line], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:])
        done.check_returncode()
    return time.monotonic() - begin, (done.stdout.strip().splitlines() or [""])[-1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as place:
        os.environ |= {
            "GONGKAI_DATA": f"{place}/data",
            "GONGKAI_LOG_LEVEL": "ERROR",
            "GONGKAI_DATABASE_URL": given.database,
        }
        organs, items = Path(place) / "organs.csv", Path(place) / "items.csv"
        organs.write_text(
            "代号,名称,类别,上级代号,层级,类型\nlinhe,临禾市,地区,,市级,\nlh-shuiwu,临禾市水务局,机关,linhe,市级,组成部门\n",
            "utf-8",
        )
        table(items, given.rows)
        timed("prepare")
        timed("import_organs", str(organs))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        line = ["bring_in", "table", str(items), "--organ", "lh-shuiwu", "--publish"]
        first, said = timed(*line)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"rows {given.rows}, CSV {items.stat().st_size / 1e6:.0f} MB: {said}")
        print(
            f"first run {first:.0f} s, {given.rows / first:.0f} items/s; peak memory {peak / 1024:.0f} MB (other commands {before / 1024:.0f} MB)"
        )
        again, said = timed(*line)
        print(f"second run {again:.0f} s, {given.rows / again:.0f} rows/s: {said}")
        print(timed("verify_audit")[1])
        if not given.database:
            print(f"database {(Path(place) / 'data/gongkai.sqlite3').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
