"""A person's say, the account of what was taken for what, and the survey of a folder."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Role, SheetError
from wenxiao.sheets import account_of, survey

from tests.sheets import written
from tests.sheets.written import REGISTRY, column_of, only, read, values

ROWS = [["资金表", None, None], ["来源", "数A", "数B"], ["中央", 10, 5], ["省级", 20, 6], ["结余", 30, 11]]


def said(**table: object) -> dict[str, object]:
    """The YAML document that says something of the first table."""
    return {"sheets": {"表": {"tables": [{"table": 1, **table}]}}}


def test_kind_fields_units_roles_and_title_can_be_said(tmp_path: Path) -> None:
    """What a person says of kind, fields, units, rows and title takes the place of what was found."""
    path = written.xlsx(tmp_path / "a.xlsx", ROWS)
    say = said(
        kind="funds",
        title="改名",
        fields={"B": "budget", "C": "spent"},
        units={"C": "元"},
        unit="万元",
        roles={5: "合计"},
    )
    table = only(path, say)
    assert (table.kind, table.title) == ("funds", "改名")
    assert values(table, "budget") == [Decimal(10), Decimal(20), Decimal(30)]
    assert column_of(table, "spent").number(0) == Decimal("0.0005")
    assert list(table.records(Role.TOTAL)) == [2]


def test_range_and_header_rows_can_be_said(tmp_path: Path) -> None:
    """A range and header rows that a person gives are taken as they are; a table can be left out."""
    rows = [
        ["说明", "甲", None],
        ["代码", "名", "数"],
        ["01", "兰山区", 5],
        ["02", "罗庄区", 6],
        ["尾", "行", 7],
    ]
    path = written.xlsx(tmp_path / "a.xlsx", rows)
    table = only(path, {"sheets": {"表": {"tables": [{"range": "B2:C4", "header": 2}]}}})
    assert ([column.label for column in table.columns], table.lines.tolist()) == (["名", "数"], [3, 4])
    both = written.xlsx(tmp_path / "b.xlsx", {"表": ROWS, "另": ROWS})
    skipped = read(both, {"sheets": {"表": {"tables": [{"table": 1, "skip": True}]}}})
    assert [one.origin.sheet for one in skipped.tables] == ["另"]


def test_the_yaml_beside_a_file_is_found(tmp_path: Path) -> None:
    """资金.xlsx.yaml beside 资金.xlsx is read without being asked for."""
    path = written.xlsx(tmp_path / "资金.xlsx", ROWS)
    (tmp_path / "资金.xlsx.yaml").write_text("sheets: {表: {tables: [{table: 1, title: 从旁注来}]}}", "utf-8")
    assert only(path).title == "从旁注来"


def test_every_fault_of_the_yaml_is_named(tmp_path: Path) -> None:
    """Unknown sheets, fields, kinds, units, roles and words are problems, all in one pass, with what is known."""
    path = written.xlsx(tmp_path / "a.xlsx", ROWS)
    with pytest.raises(SheetError) as caught:
        read(path, said(unit="斗", roles={5: "小记"}, heder=3))
    assert len(caught.value.problems) == 3
    with pytest.raises(SheetError) as caught:
        read(path, said(kind="money", fields={"B": "bugdet"}))
    assert [problem.value for problem in caught.value.problems] == ["money", "bugdet"]
    with pytest.raises(SheetError, match="文件中有：表"):
        read(path, {"sheets": {"錶": {}}})
    (tmp_path / "a.xlsx.yaml").write_text("sheets: [", "utf-8")
    with pytest.raises(SheetError, match="YAML"):
        read(path)


def test_doubts_name_the_line_of_yaml_that_changes_them(tmp_path: Path) -> None:
    """The line of YAML in a finding about the header is itself accepted, and changes the header."""
    rows = [["甲组", "乙组", None, None], ["县区", "预算数（万元）", "得分", "备注"], ["兰山区", 10, 5, None]]
    path = written.xlsx(tmp_path / "a.xlsx", rows)
    (doubt,) = [finding for finding in read(path).findings if finding.code == "sheet-header-ambiguous"]
    import yaml

    document = yaml.safe_load(doubt.remedy.partition("：")[2])
    assert only(path, document).header == (1, 2)


def test_the_account_is_json_and_says_what_was_taken_for_what(tmp_path: Path) -> None:
    """The account of a file holds ranges, kinds, columns with their fields and units, row roles and findings."""
    path = written.xlsx(tmp_path / "a.xlsx", [["资金来源", "预算数"], ["中央", 10], ["合计", 15]])
    account = json.loads(json.dumps(account_of(read(path), REGISTRY), ensure_ascii=False))
    (table,) = account["tables"]
    assert (table["range"], table["kind_label"], table["lines"]) == ("A1:B3", "资金情况", {"3": "合计"})
    assert [(column["place"], column["field_label"]) for column in table["columns"]] == [
        ("A", "资金来源"),
        ("B", "预算数"),
    ]
    assert [finding["code"] for finding in account["findings"]] == ["sheet-unit-unknown"]


def test_a_folder_is_one_line_a_file(tmp_path: Path) -> None:
    """The survey of a folder has a line for each workbook, one that cannot be read with its cause."""
    written.xlsx(tmp_path / "一.xlsx", ROWS)
    (tmp_path / "二.xlsx").write_bytes(b"")
    (tmp_path / "~$一.xlsx").write_bytes(b"lock")
    (tmp_path / "说明.md").write_text("x")
    one, two = survey(tmp_path, REGISTRY)
    assert (one.file, one.refused, one.records) == ("一.xlsx", "", 3)
    assert "空的" in two.refused
