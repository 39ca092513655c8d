"""The commands due, fee and calendar: their JSON, their text, their exit codes and their errors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli.law import calendar_command, due_command, fee_command
from gongkai.law import official_calendar

LATER = max(official_calendar().announced) + 1  # the first year without a notice


def due(*args: str) -> Result:
    return CliRunner().invoke(due_command, args)


def test_due_as_json_has_exactly_its_keys() -> None:
    result = due("--received", "2026-09-21", "--today", "2026-09-30", "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == ["due", "state", "days_used", "days_left", "provisional", "steps"]
    assert {k: v for k, v in found.items() if k != "steps"} == {
        "due": "2026-10-26", "state": "running", "days_used": 6, "days_left": 14, "provisional": False,
    }  # fmt: skip
    assert all(list(step) == ["date", "counts", "why"] for step in found["steps"])
    assert found["steps"][0] == {"date": "2026-09-21", "counts": False, "why": "收到申请；第0日，不计入（条例第三十一条）"}
    assert found["steps"][-1] == {"date": "2026-10-26", "counts": True, "why": "工作日；期限届满日"}
    assert sum(step["counts"] for step in found["steps"]) == 20
    assert {s["date"]: s["why"] for s in found["steps"]}["2026-10-10"] == "国庆节调休上班"


def test_every_kind_of_event_is_understood() -> None:
    result = due("--received", "2026-06-01", "--channel", "internet", "--event", "correction_sent:2026-06-03:2026-06-20",
                 "--event", "correction_received:2026-06-08", "--event", "consultation_sent:2026-06-10:third_party:甲公司",
                 "--event", "consultation_delivered:2026-06-11:甲公司", "--event", "consultation_returned:2026-06-16:甲公司",
                 "--event", "extension:2026-06-24:10", "--event", "fee_notice:2026-06-25", "--event", "fee_paid:2026-06-26",
                 "--event", "reasons_requested:2026-06-29", "--event", "reasons_received:2026-06-30",
                 "--event", "delay:2026-07-01:5", "--event", "replied:2026-07-02", "--format", "json")  # fmt: skip
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    # paid on 26 June: 29 June-3 July (5), 6-10 (10), 13-17 (15), 20-24 (20), 27-31 (25)
    assert (found["due"], found["state"], found["days_used"]) == ("2026-07-31", "stopped", 4)


def test_the_text_is_fit_for_a_file() -> None:
    result = due("--received", "2026-09-21", "--channel", "registered_post", "--event", "consultation_sent:2026-09-28:third_party",
                 "--event", "consultation_returned:2026-10-12", "--today", "2026-10-13")  # fmt: skip
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "政府信息公开申请答复期限计算说明"
    assert "收到申请之日：2026-09-21（挂号信、特快专递等需签收的邮寄，以行政机关签收之日为准，条例第三十一条第二项）" in lines
    assert "期限届满日：2026-11-03（周二）" in lines
    assert "2026-10-09  周五  否          工作日；征求第三方意见期间不计算（条例第三十三条第三款）" in lines
    assert any(x.startswith("2026-10-10  周六  否") and "国庆节调休上班；征求第三方意见期间不计算" in x for x in lines)
    assert "此后可以办理：" in lines
    assert any("延期答复，最迟2026-11-03，须经政府信息公开工作机构负责人同意并告知申请人（条例第三十三条第二款）" in x for x in lines)


def test_irregular_acts_give_exit_code_one_and_are_told() -> None:
    args = ("--received", "2026-07-01", "--event", "extension:2026-07-30:5")
    text, as_json = due(*args), due(*args, "--format", "json")
    assert (text.exit_code, as_json.exit_code) == (1, 1)
    assert "2026-07-30的“延期答复”不合规定，不产生效力：答复期限已于2026-07-29届满" in text.stdout
    assert "提示：2026-07-30的“延期答复”不合规定" in as_json.stderr
    late = due("--received", "2026-07-01", "--event", "replied:2026-08-03").stdout
    assert "期限于2026-07-29届满，至2026-08-03逾期3个工作日：2026-07-30、2026-07-31、2026-08-03。" in late
    assert json.loads(as_json.stdout)["due"] == "2026-07-29"


def test_paused_and_stopped_have_no_date() -> None:
    paused = json.loads(due("--received", "2026-03-02", "--event", "consultation_sent:2026-03-06", "--today", "2026-03-20",
                            "--format", "json").stdout)  # fmt: skip
    assert (paused["due"], paused["state"]) == (None, "paused")
    stopped = due("--received", "2026-03-02", "--event", "correction_sent:2026-03-06:10", "--today", "2026-03-20")
    assert "停止计算（2026-03-06补正告知），此后自次日起重新计算20个工作日" in stopped.stdout
    assert "收到补正，最迟2026-03-20" in stopped.stdout


def test_a_paused_clock_says_until_when_the_answer_may_come() -> None:
    sent = ("--received", "2026-03-02", "--event", "consultation_sent:2026-03-03:third_party:甲公司")
    unknown = due(*sent, "--today", "2026-03-10").stdout
    assert "第三方“甲公司”应自收到征求意见书之日起15个工作日内提出意见（条例第三十二条），收到日期尚未登记。请登记。" in unknown
    known = due(*sent, "--event", "consultation_delivered:2026-03-05:甲公司", "--today", "2026-03-10").stdout
    assert "第三方“甲公司”提出意见的期限至2026-03-26届满；届满未提出的，次日起恢复计算（条例第三十二条）。" in known
    organ = due("--received", "2026-03-02", "--event", "consultation_sent:2026-03-03:other_organ", "--today", "2026-03-10").stdout
    assert "提出意见的期限" not in organ and "15个工作日" not in organ


@pytest.mark.parametrize(("args", "words"), [
    ((), "缺少收到申请之日"),
    (("--received", "2026-13-01"), "收到申请之日“2026-13-01”不是日期"),
    (("--received", "20260921"), "不是日期"),
    (("--received", "2026-09-21", "--event", "appeal:2026-09-22"), "种类“appeal”不认识"),
    (("--received", "2026-09-21", "--event", "extension"), "缺少日期"),
    (("--received", "2026-09-21", "--event", "extension:2026-09-22"), "应写明多少个工作日"),
    (("--received", "2026-09-21", "--event", "extension:2026-09-22:many"), "应写明多少个工作日"),
    (("--received", "2026-09-21", "--event", "replied:2026-09-22:3"), "多了“3”"),
    (("--received", "2026-09-21", "--event", "extension:2026-09-22:21"), "第2个事件“延期答复”（2026-09-22）：延期天数应为1至20个工作日"),
    (("--received", "2026-09-21", "--event", "replied:2026-09-20"), "第2个事件“答复”（2026-09-20）：早于收到申请之日"),
    (("--received", "2026-09-21", "--event", "replied:2026-09-25", "--today", "2026-09-22"), "晚于计算日（2026-09-22）"),
    (("--received", "1999-09-21"), "不在工作日历范围"),
    (("--received", "2026-09-21", "--calendar", "no-such-file.toml"), "读不了文件“no-such-file.toml”"),
])  # fmt: skip
def test_wrong_usage_is_told_in_chinese_with_exit_code_two(args: tuple[str, ...], words: str) -> None:
    result = due(*args)
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：")
    assert words in result.stderr
    assert result.stdout == ""


def test_notices_and_rules_are_files(tmp_path: Path) -> None:
    notice, rules = tmp_path / "notice.toml", tmp_path / "rules.toml"
    notice.write_text(f'number = "某文号"\nannounces = [{LATER}]\n', "utf-8")
    rules.write_text("reply_days = 10\n", "utf-8")
    ask = ("--received", f"{LATER}-04-25", "--format", "json")  # over Labour Day
    plain, noticed = json.loads(due(*ask).stdout), json.loads(due(*ask, "--calendar", str(notice)).stdout)
    ruled = json.loads(due("--received", "2026-03-02", "--rules", str(rules), "--format", "json").stdout)
    assert (plain["provisional"], noticed["provisional"]) == (True, False)
    assert plain["due"] > noticed["due"], "the notice of this test has no holidays: the estimate had"
    assert ruled["due"] == "2026-03-16"
    rules.write_text("reply_day = 10\n", "utf-8")
    assert due("--received", "2026-03-02", "--rules", str(rules)).exit_code == 2


def test_without_today_events_in_the_future_are_reckoned_on_their_day() -> None:
    found = json.loads(due("--received", "2035-03-01", "--event", "replied:2035-03-05", "--format", "json").stdout)
    assert (found["state"], found["days_used"]) == ("stopped", 2)


def test_fee_by_item_and_by_volume() -> None:
    runner = CliRunner()
    text = runner.invoke(fee_command, ["--items", "45", "--date", "2026-03-02"])
    assert (text.exit_code, text.stdout.splitlines()[-1]) == (0, "合计：5500元")
    found = json.loads(runner.invoke(fee_command, ["--pages", "250", "--date", "2026-03-02", "--format", "json"]).stdout)
    assert (found["tariff"], found["amount"], len(found["lines"])) == ("per_volume", "4700", 4)
    more = json.loads(runner.invoke(fee_command, ["--items", "5", "--before", "8", "--date", "2026-03-02", "--format", "json"]).stdout)
    assert more["amount"] == "300"


@pytest.mark.parametrize(("args", "words"), [
    ([], "二者取一"),
    (["--items", "3", "--pages", "3"], "二者取一"),
    (["--pages", "3", "--before", "3"], "--before 只用于按件计收"),
    (["--items", "3", "--date", "2020-03-02"], "没有生效的信息处理费标准"),
    (["--items", "3", "--date", "tomorrow"], "不是日期"),
])  # fmt: skip
def test_fee_refuses(args: list[str], words: str) -> None:
    result = CliRunner().invoke(fee_command, args)
    assert result.exit_code == 2
    assert words in result.stderr


def test_calendar_lists_a_year() -> None:
    runner = CliRunner()
    text = runner.invoke(calendar_command, ["2026"])
    assert text.exit_code == 0
    assert "  国庆节：2026-10-01（周四）至2026-10-07（周三）" in text.stdout
    assert "  2026-10-10（周六）：国庆节调休上班" in text.stdout
    assert text.stdout.splitlines()[-1] == "全年工作日：248天"
    found = json.loads(runner.invoke(calendar_command, ["2026", "--format", "json"]).stdout)
    assert (found["working_days"], len(found["days"]), found["provisional"]) == (248, 365, False)
    assert found["days"][0] == {"date": "2026-01-01", "weekday": "周四", "working": False, "why": "元旦"}
    assert "暂定" in runner.invoke(calendar_command, [str(LATER)]).stdout.splitlines()[0]
    assert date.fromisoformat(found["days"][-1]["date"]) == date(2026, 12, 31)


@pytest.mark.parametrize(("year", "words"), [("2003", "不在工作日历范围"), ("0", "年份“0”不对"), ("99999", "年份“99999”不对")])
def test_calendar_refuses(year: str, words: str) -> None:
    result = CliRunner().invoke(calendar_command, [year])
    assert result.exit_code == 2
    assert words in result.stderr
