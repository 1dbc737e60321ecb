"""The examples in docs/: each Python block runs as it stands, each YAML that a reader would copy is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import wenxiao as wx
import yaml
from wenxiao import reports
from wenxiao.collect.register import Decision
from wenxiao.fields import standard_registry
from wenxiao.project import load_profile
from wenxiao.sheets import read_workbook

CARD = pd.DataFrame({"一级指标": ["产出", "效益"], "分值": [60, 40], "得分": [55.5, 36]})
FUNDS = pd.DataFrame([["中央", 100, 90, "x"]] * 6, columns=["资金来源", "预算数", "支出数", "其他"])


def blocks(checkout: Path, page: str, language: str) -> list[str]:
    """The code blocks of one language on a page of the documentation."""
    text = (checkout / "docs" / page).read_text(encoding="utf-8")
    found = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found, page
    return found


def run(checkout: Path, page: str, names: Mapping[str, object] | None = None) -> None:
    """Runs the Python blocks of a page one after another, with these names known."""
    known = dict(names or {})
    for block in blocks(checkout, page, "python"):
        exec(compile(block, f"docs/{page}", "exec"), known)


@pytest.mark.parametrize("page", ["api.md", "zh/tutorial.md"])
def test_examples_on_a_shipped_project_run(checkout: Path, page: str) -> None:
    """The first steps in Python run in a fresh checkout."""
    run(checkout, page)


def test_the_examples_of_reading_run(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/sheets.md reads a workbook, gives its account and its raw sheets."""
    (tmp_path / "data").mkdir()
    FUNDS.to_excel(tmp_path / "资金情况.xlsx", index=False)
    monkeypatch.chdir(tmp_path)
    run(checkout, "sheets.md")


def test_the_override_of_the_page_is_accepted(checkout: Path, tmp_path: Path) -> None:
    """The YAML beside a file that docs/sheets.md prints decides how the file is read."""
    path = tmp_path / "资金.xlsx"
    with pd.ExcelWriter(path) as book:
        FUNDS.to_excel(book, sheet_name="底稿", index=False)
        FUNDS.to_excel(book, sheet_name="资金", index=False)
    (override,) = (yaml.safe_load(block) for block in blocks(checkout, "sheets.md", "yaml"))
    del override["sheets"]["资金"]["tables"][1]  # there is no second table to be left out
    reading = read_workbook(path, standard_registry(), override=override)
    assert [table.title for table in reading.tables if table.origin.sheet == "资金"] == ["资金情况表"]


def test_the_profile_of_the_tutorial_loads(checkout: Path, tmp_path: Path) -> None:
    """The rules that the tutorial writes are rules, and say what it says."""
    (block,) = blocks(checkout, "zh/tutorial.md", "yaml")
    (tmp_path / "本市.yaml").write_text(block, encoding="utf-8")
    rules = load_profile("本市", tmp_path)
    assert (rules.denominators.execution_rate, rules.ties) == ("received", "dense")


def test_the_examples_of_firm_ranks_run(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/ranking.md compares the scorecards of two districts and says how firm a rank is."""
    first, second = wx.evaluate(CARD).scorecard, wx.evaluate(CARD.assign(得分=[50, 38])).scorecard
    run(checkout, "ranking.md", {"card_a": first, "card_b": second, "profile": wx.load_profile()})
    assert "甲县" in capsys.readouterr().out


def test_the_examples_of_a_reports_last_cells_run(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/results.md and docs/working-paper.md make and save what a report records."""
    evaluation = wx.evaluate("linyi-2021")
    monkeypatch.chdir(tmp_path)
    made = reports.results(evaluation, notebook="project_report", parameters={})
    cell = nbformat.v4.new_code_cell(
        "results(…)", outputs=[nbformat.v4.new_output("display_data", made._repr_mimebundle_())]
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "report.ipynb")
    given = {
        "reports": reports, "nbformat": nbformat, "evaluation": evaluation, "evaluations": [evaluation],
        "project": "data/linyi-2021", "district": "罗庄区", "audience": "internal", "edition": "内部审核稿", "consent": False,
    }  # fmt: skip
    run(checkout, "results.md", given)
    run(checkout, "working-paper.md", given)
    assert (tmp_path / "底稿.xlsx").is_file()


def test_the_way_of_collecting_runs(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/collect.md sends, receives, merges and accounts; the decisions that it prints are decisions."""
    folder = tmp_path / "data" / "某市2025" / "collect"
    (folder / "returned").mkdir(parents=True)
    (folder / "名册.csv").write_text("县区,联系人\n甲县,张某\n乙县,李某\n", encoding="utf-8")
    returned = "甲县资金情况,\n资金来源,支出数（万元）\n中央资金,12\n省级资金,3\n"
    (folder / "returned" / "甲县.csv").write_text(returned, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run(checkout, "collect.md")
    (decisions,) = (yaml.safe_load(block)["decisions"] for block in blocks(checkout, "collect.md", "yaml"))
    assert [Decision.model_validate(said).reason for said in decisions] == [
        said["reason"] for said in decisions
    ]
