"""The catalogue of forms: those that ship, a user's own, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.fields import registry_with, standard_registry
from wenxiao.model import ProfileError
from wenxiao.sheets import Reading, read_workbook

from tests.sheets.filled_forms import Sheet, write_document
from tests.sheets.written import xlsx

OWN = """
label: 某市项目绩效自评表
source: 某市财政局（示例）
seen: true
titles: [某市项目考核单]
blocks: [indicators]
own:
  投入:
    kind: funds
    needs: [[budget], [spent]]
    columns: {budget: [安排数], spent: [用款数], weight: [本项满分], score: [本项得分]}
    names: source
    whole: [总盘子]
texts: [补充说明]
"""
HEAD = [["某市项目考核单"], ["项目名称", None, "河道清淤"]]
MONEY = [
    ["投入", None, "安排数（万元）", "用款数（万元）", "本项满分", "本项得分"],
    [None, "总盘子", 80, 60, 10, 7.5],
    [None, "市级", 50, 40],
    [None, "县级", 30, 20],
]
MARKS = [
    ["考核", "一级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"],
    [None, "产出指标", "清淤长度", "≥10公里", "10公里", 60, 60],
    [None, "效益指标", "水质改善", "改善", "改善", 30, 30],
]
END = [["总分", None, None, None, None, 100, 97.5], ["补充说明", None, "无"]]


def own(folder: Path, text: str = OWN) -> Path:
    """The folder of a user's own forms, with one in it."""
    folder.mkdir()
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    return folder


def figures(reading: Reading) -> dict[str, object]:
    """What a reading of the form says, without where it stands."""
    tables = {table.kind: table for table in reading.tables}
    return {
        "form": {table.form.key for table in reading.tables if table.form},
        "money": tables["funds"].frame[["role", "source", "budget", "spent"]].astype(str).to_numpy().tolist(),
        "marks": tables["scorecard"].frame[["role", "level1", "score"]].astype(str).to_numpy().tolist(),
        "project": {table.form.project for table in reading.tables if table.form},
    }


def test_a_form_nobody_knew_is_read_by_its_yaml_alone(tmp_path: Path) -> None:
    """Unmerged, with its blocks in another order, and as a Word table it gives the same figures."""
    registry = registry_with(own(tmp_path / "forms"))
    rows = [*HEAD, *MONEY, *MARKS, *END]
    plain = figures(read_workbook(xlsx(tmp_path / "a.xlsx", rows), registry))
    assert plain["form"] == {"city"}
    assert plain["project"] == {"河道清淤"}
    assert plain["money"][0] == ["合计", "总盘子", "80", "60"]
    assert [row[0] for row in plain["money"]] == ["合计", "数据", "数据"]
    assert [row[2] for row in plain["marks"]] == ["60.0", "30.0", "97.5"]
    moved = read_workbook(xlsx(tmp_path / "b.xlsx", [*HEAD, *MARKS, *MONEY, *END]), registry)
    assert figures(moved) == plain
    assert figures(read_workbook(write_document(tmp_path / "c.docx", Sheet(rows)), registry)) == plain


def test_what_is_wrong_with_a_form_is_named(tmp_path: Path) -> None:
    """A field its kind does not have is an error with the file's name."""
    with pytest.raises(ProfileError, match=r"city\.yaml"):
        registry_with(own(tmp_path / "forms", OWN.replace("budget: [安排数]", "bugdet: [安排数]")))


def test_every_form_that_ships_says_where_it_comes_from() -> None:
    """Each has a source, a title of its own, and says whether it was seen."""
    forms = standard_registry().forms
    assert len(forms) >= 13
    assert all(form.source and form.titles and form.blocks for form in forms)
    assert {form.key for form in forms if form.seen} == {
        "project-self-evaluation", "hubei-project", "county-goals", "review", "review-summary",
    }  # fmt: skip


def test_lines_nobody_understands_are_named(tmp_path: Path) -> None:
    """A block that no form has is a finding with its cell, and its numbers are in no table."""
    odd = [["加分情况", "甲项", "乙项", "丙项", "丁项", "戊项", "己项"], [None, 3, 4, 5, 6, 7, 8]]
    reading = read_workbook(
        xlsx(tmp_path / "a.xlsx", [*HEAD, *MONEY, *MARKS, *odd, *END]),
        registry_with(own(tmp_path / "forms")),
    )
    found = next(f for f in reading.findings if f.code == "form-block-unread")
    assert found.cells[0].address == "A10"
