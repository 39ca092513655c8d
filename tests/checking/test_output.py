"""Findings as SARIF for machines and as text for people."""

from __future__ import annotations

import json

from gongkai.checking import check, repair, to_sarif, to_text
from gongkai.forms import forms
from gongkai.report import Claim, Problem, Report, Trace
from tests.checking.damage import damaged, traced
from tests.generate import make_report


def broken() -> Report:
    report = make_report("2021", 3)
    report.source = "报送 材料/年报.zip!一.html"
    return traced(damaged(report, {"remedies.review.total": 99}))


def test_sarif():
    report = broken()
    findings = check(report)
    log = to_sarif([(report, findings), (make_report("2019", 1), [])])
    json.dumps(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == list(dict.fromkeys(r.id for f in forms() for r in f.relations))
    assert [r["ruleId"] for r in run["results"]] == [f.rule for f in findings]
    for result, finding in zip(run["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == finding.rule
        assert result["level"] == finding.severity
        assert result["message"]["text"] == finding.message
        assert len(result["locations"]) == 1
        assert len(result["relatedLocations"]) == len(finding.traces) - 1
        place = result["locations"][0]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == (
            "%E6%8A%A5%E9%80%81%20%E6%9D%90%E6%96%99/%E5%B9%B4%E6%8A%A5.zip#%E4%B8%80.html"
        )
        name = place["logicalLocations"][0]["fullyQualifiedName"]
        trace = finding.traces[name]
        assert place["physicalLocation"]["region"]["charOffset"] == trace.start
        assert place["physicalLocation"]["region"]["charLength"] == 3
        assert (place["properties"]["row"], place["properties"]["column"]) == (trace.row, trace.column)


def test_sarif_without_places_still_names_the_document():
    report = damaged(make_report("2021", 3, prose=False), {"remedies.review.total": 99})
    report.source = "/资料/年报.html"
    (result,) = to_sarif([(report, check(report))])["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")
    report.source = "https://example.gov.cn/年报.html"
    (result,) = to_sarif([(report, check(report))])["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == report.source


def test_sarif_tells_what_could_not_be_read():
    report = Report("x.pdf", problems=(Problem("encrypted", "文件已加密。", None, Trace("unreadable", page=2)),))
    (result,) = to_sarif([(report, [])])["runs"][0]["results"]
    assert result["ruleId"] == "reading/encrypted"
    assert result["locations"][0]["properties"]["page"] == 2


def test_text():
    report = broken()
    findings = check(report)
    text = to_text(report, findings, repair(report))
    lines = text.splitlines()
    assert lines[0].startswith(report.source) and report.organ in lines[0]
    for finding in findings:
        assert any(finding.message in line for line in lines)
        assert finding.rule in text and finding.basis in text
    assert "第1个表" in text and "行第" in text
    assert "可能的改法（仅供核对，原报告不作改动）" in text
    assert f"共{len(findings)}条：错误{len(findings)}条。" in text
    assert text.endswith("\n")


def test_text_of_a_clean_and_of_an_unread_report():
    assert "各项关系均成立" in to_text(make_report("2019", 1), [])
    unread = Report("x.pdf", problems=(Problem("encrypted", "文件已加密，请去除密码后重新报送。"),))
    text = to_text(unread, [])
    assert "文件已加密" in text and "未能识别报告格式" in text


def test_errors_come_before_warnings():
    report = damaged(make_report("2021", 3), {"remedies.litigation_direct.total": 77})
    issued = report.value("disclosure.normative_documents.issued")
    report.claims = (Claim("normative_documents_issued", issued + 5), Claim("litigation_cases", 1))
    findings = check(report)
    assert {f.severity for f in findings} == {"error", "warning"}
    text = to_text(report, findings)
    assert text.rindex("[错误]") < text.index("[提示]")
