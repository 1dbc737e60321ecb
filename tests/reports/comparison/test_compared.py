"""What moved between two runs or two folders of outputs, and what cannot be compared."""

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from wenxiao.model import RunError
from wenxiao.reports.comparison import Kind, Part, compare
from wenxiao.reports.records import SCHEMA_VERSION

Put = Callable[..., Path]


def test_the_same_has_no_changes(put: Put) -> None:
    """Two runs with the same results are the same, byte for byte or not."""
    compared = compare(put("a"), put("b"))
    assert compared.status == 0
    assert [run.changes for run in compared.runs] == [()]


def test_a_figure_moves_by_its_exact_difference(put: Put) -> None:
    """The difference is of the exact values, not of the printed ones; a rate differs in percentage points."""

    def change(data: dict[str, Any]) -> None:
        data["verdict"]["score"].update(value="90.03", text="90.03分")
        rate = next(m for m in data["measures"] if m["text"].endswith("%"))
        rate.update(value="0.5", text="50.00%")

    before, after = put("a"), put("b", change=change)
    [run] = compare(before, after).moved
    score = run.first("得分")
    assert score is not None
    assert score.difference == Fraction("90.03") - Fraction("90.02")
    assert score.text == "+0.01"
    assert any(each.rate and each.text.endswith("个百分点") for each in run.of(Part.MEASURE))


def test_one_number_in_two_spellings_has_not_moved(put: Put) -> None:
    """84 and 84.00 with the same text are one number."""

    def change(data: dict[str, Any]) -> None:
        figure = data["verdict"]["score"]
        figure["value"] += "0"

    assert compare(put("a"), put("b", change=change)).status == 0


def test_a_missing_figure_is_a_change_of_its_own(put: Put) -> None:
    """From a value to 未提供 there is no difference to name, and never one from 0."""

    def change(data: dict[str, Any]) -> None:
        data["verdict"]["score"].update(value=None, missing="not_provided", text="未提供")

    [run] = compare(put("a"), put("b", change=change)).moved
    score = run.first("得分")
    assert score is not None
    assert (score.after, score.difference) == ("未提供", None)


def test_ranks_findings_and_inputs(put: Put) -> None:
    """Ranks, findings that came, went or changed, files and rules are told apart."""

    def change(data: dict[str, Any]) -> None:
        data["ranking"]["places"][0]["rank"] = "9"
        gone, kept = data["findings"][0], data["findings"][1]
        data["findings"] = [
            *data["findings"][1:],
            {**gone, "code": "new", "subject": "新的"},
        ]
        kept["severity"] = "error" if kept["severity"] != "error" else "hint"
        data["run"]["inputs"][0]["sha256"] = "0" * 64
        data["run"]["profile"]["title"] = "另一套"
        data["run"]["parameters"]["edition"] = "正式稿"

    [run] = compare(put("a"), put("b", change=change)).moved
    kinds = [each.kind for each in run.of(Part.FINDING)]
    assert sorted(kinds, key=lambda kind: kind.value) == [Kind.CHANGED, Kind.ADDED, Kind.GONE]
    assert len(run.of(Part.INPUT)) == 2
    assert [each.what for each in run.of(Part.PARAMETER)] == ["edition"]
    assert [each.what.split()[1] for each in run.of(Part.RANKING)] == ["名次"]


def test_another_version_of_the_software_is_no_move(put: Put) -> None:
    """It is told, and the status says the same."""

    def change(data: dict[str, Any]) -> None:
        data["run"]["versions"]["pandas"] = "99"

    compared = compare(put("a"), put("b", change=change))
    assert compared.status == 0
    assert [each.part for each in compared.runs[0].changes] == [Part.VERSION]


def test_runs_on_one_side_only(put: Put) -> None:
    """Runs are matched by name; what only one side has is listed, and counts as a move."""
    before, after = put("a"), put("b")
    put("a", run="old")
    put("b", run="new")
    compared = compare(before, after)
    assert (compared.gone, compared.added, compared.status) == (
        ("project_report/old",),
        ("project_report/new",),
        1,
    )


@pytest.mark.parametrize("name", ["", "project_report/linyi", "project_report/linyi/results.json"])
def test_a_side_is_a_file_a_run_or_a_folder(put: Put, name: str) -> None:
    """All three ways to name a side lead to the same comparison."""

    def change(data: dict[str, Any]) -> None:
        data["verdict"]["grade"] = "差"

    before, after = put("a"), put("b", change=change)
    compared = compare(before / name, after / name)
    assert [each.after for each in compared.moved[0].changes] == ["差"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "不是合法的 JSON"),
        ("[]", "不是运行结果"),
        ('{"schema_version": 99}', "结构版本不同"),
        (f'{{"schema_version": {SCHEMA_VERSION}}}', "不完整"),
    ],
)
def test_what_cannot_be_compared_is_said(put: Put, content: str, message: str) -> None:
    """A broken file or another version is a message with a remedy; among many runs the others are compared all the same."""
    before, after = put("a"), put("b")
    put("a", run="bad")
    put("b", run="bad")
    (after / "project_report/bad/results.json").write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match=message):
        compare(before / "project_report/bad", after / "project_report/bad")
    compared = compare(before, after)
    assert compared.status == 2
    assert message in str(compared.problems[0])
    assert [run.name for run in compared.runs] == ["project_report/linyi"]


def test_sides_that_do_not_match(put: Put, tmp_path: Path) -> None:
    """A run against a folder of many, nothing at a path, and a folder without runs are refused with what to do."""
    before = put("a")
    for path, message in (
        (before / "project_report/linyi", "另一边是许多次"),
        (tmp_path / "nothing", "没有这个文件或文件夹"),
        (tmp_path / "empty", "里面没有运行结果"),
    ):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(RunError, match=message):
            compare(before, path)


def test_results_of_before_a_field_was_added(put: Put) -> None:
    """A file written before `order` and `ranked` were recorded is still read: fields are only added within a version."""

    def change(data: dict[str, Any]) -> None:
        del data["subject"]["order"]
        del data["ranking"]["ranked"]

    assert compare(put("a", change=change), put("b")).status == 0


def test_several_projects(put: Put, recorded: dict[str, Any]) -> None:
    """The members of a portfolio are matched by project; a change names its project."""
    parts = ("subject", "verdict", "measures", "scorecard", "ranking", "findings")
    member = {name: recorded[name] for name in parts}
    moved = {**member, "verdict": {**member["verdict"], "grade": "差"}}
    empty = {
        "subject": None,
        "verdict": None,
        "measures": [],
        "scorecard": None,
        "ranking": None,
        "findings": [],
    }
    before = put("a", change=lambda data: data.update(empty, members=[member]))
    after = put("b", change=lambda data: data.update(empty, members=[moved]))
    [run] = compare(before, after).moved
    assert [each.what for each in run.changes] == [f"{member['subject']['title']} · 等级"]
    shutil.rmtree(after)
    after = put("b", change=lambda data: data.update(empty, members=[]))
    [run] = compare(before, after).moved
    assert [each.kind for each in run.of(Part.VERDICT)] == [Kind.GONE]
