"""Corrections enter the computation and answers outlive runs: what each settles counts no more, and keeps its line."""

from pathlib import Path

import pytest
import xlsxwriter
from wenxiao.display import corrections_table, findings_list, findings_words, funds_table
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import ProjectError, Severity
from wenxiao.project import load_profile, load_project

CORRECTION = """
- file: 表.xlsx
  sheet: 资金
  cell: B4
  field: 预算数
  printed: "160"
  corrected: "{corrected}"
  reason: 合计为各行之和。
  status: {status}
"""
ANSWER = """
- code: {code}
  subject: {subject}
  printed: {printed}
  recomputed: {recomputed}
  reason: 含上年结转，另行说明。
  name: 张三
  date: 2026-11-30
"""


def evaluated(folder: Path, total: float = 160, **files: str) -> Evaluation:
    """Two sources and their total, with files beside them."""
    folder.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(folder / "表.xlsx") as book:
        sheet = book.add_worksheet("资金")
        rows = [["资金来源", "预算数（万元）"], ["中央资金", 100], ["省级资金", 50], ["合计", total]]
        for row, values in enumerate(rows):
            sheet.write_row(row, 0, values)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return evaluate(load_project(folder), load_profile())


def test_a_confirmed_correction_is_computed_with(tmp_path: Path) -> None:
    """The finding becomes 已更正 and counts no more; the figure shows both values; one to be verified is a note."""
    corrected = evaluated(tmp_path, corrections=CORRECTION.format(corrected="150", status="已确认"))
    assert corrected.count(Severity.ERROR) == 0
    (finding,) = [each for each in corrected.findings if each.state]
    assert (finding.word, finding.severity) == ("已更正", Severity.ERROR)
    assert "160更正为150" in finding.answer
    table = corrected.project.of_kind("funds")[0]
    given = table.given(2, "budget")
    assert (given.text, given.beside) == ("150万元", "（已更正，原 160）")
    shown = findings_list(corrected)
    assert shown is not None
    assert "[已更正]" in shown.text()
    assert "另有已更正 1 项" in findings_words(corrected).text()
    noted = evaluated(tmp_path / "注", corrections=CORRECTION.format(corrected="150", status="待核实"))
    assert noted.count(Severity.ERROR) == 1
    listed = corrections_table(noted.project)
    assert listed is not None
    assert "未更正，待核实" in listed.text()


def test_a_corrected_part_moves_what_rests_on_it(tmp_path: Path) -> None:
    """The total of the sources is computed with the corrected one, which is shown with what its cell prints."""
    entry = (
        CORRECTION.format(corrected="60.50万元", status="已确认").replace("B4", "B3").replace('"160"', '"50"')
    )
    evaluation = evaluated(tmp_path, 160.5, corrections=entry)
    assert evaluation.measures["budget/全项目"].text == "160.50"
    table = funds_table(evaluation.funds)
    assert table is not None
    assert "60.50（已更正，原 50）" in table.text()
    assert not evaluation.count(Severity.ERROR)


def test_a_correction_must_be_a_figure_of_the_column(tmp_path: Path) -> None:
    """Words, or persons for money, are refused with the cell."""
    for said in ("待定", "60人"):
        with pytest.raises(ProjectError) as caught:
            evaluated(tmp_path, corrections=CORRECTION.format(corrected=said, status="已确认"))
        assert caught.value.problems[0].cell == "B4"


def test_an_answer_holds_until_the_figures_change(tmp_path: Path) -> None:
    """已说明 with reason, name and date, not counted; with another figure the finding is open and the answer called outdated."""
    (finding,) = [each for each in evaluated(tmp_path).findings if each.severity is Severity.ERROR]
    answer = ANSWER.format(
        code=finding.code, subject=finding.subject, printed=finding.printed, recomputed=finding.recomputed
    )
    answered = evaluated(tmp_path, answers=answer)
    (settled,) = answered.findings
    assert (settled.word, settled.answer) == ("已说明", "含上年结转，另行说明（张三，2026-11-30）")
    assert answered.count(Severity.ERROR) == 0
    changed = evaluated(tmp_path, 170, answers=answer)
    assert changed.count(Severity.ERROR) == 1
    assert [each.severity for each in changed.findings if each.code == "answer-outdated"] == [Severity.HINT]


def test_an_answer_without_a_name_is_refused(tmp_path: Path) -> None:
    """Who says so is part of an answer."""
    with pytest.raises(ProjectError) as caught:
        evaluated(tmp_path, answers="- {code: a, subject: b, reason: c, date: 2026-11-30}")
    assert "name" in caught.value.problems[0].what
