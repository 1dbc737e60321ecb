"""A season from its folder to its runs and files: copies that follow, parameter files that are ours, notices that name one unit."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from wenxiao.batch.season import Source, hand_out, parameter_files, read_forms, taken_in
from wenxiao.model.errors import OutputError, ParameterError
from wenxiao.project import Workspace
from wenxiao.season import evaluate_season, season_of

from tests.season.conftest import form, listed, planted, put


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    for name in ("data", "notebooks", "parameters"):
        (tmp_path / "ws" / name).mkdir(parents=True)
    return Workspace(tmp_path / "ws")


def test_a_folder_outside_is_copied_and_followed(workspace: Workspace, tmp_path: Path) -> None:
    """A changed form replaces its copy, whose former content is kept; a form that is gone leaves; a stranger's file stays."""
    outside = tmp_path / "2023自评"
    put(form(1, "甲局", "一"), outside / "一.xlsx")
    put(form(2, "甲局", "二"), outside / "甲" / "二.xlsx")
    taken = taken_in(workspace, outside)
    assert (taken.folder, taken.copied, taken.replaced) == (workspace.data / "2023自评", 2, 0)
    former = (taken.folder / "一.xlsx").read_bytes()
    (taken.folder / "备注.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    put(form(3, "甲局", "一"), outside / "一.xlsx")
    (outside / "甲" / "二.xlsx").unlink()
    taken = taken_in(workspace, outside)
    assert (taken.copied, taken.replaced) == (1, 2)
    assert not (taken.folder / "甲" / "二.xlsx").exists()
    assert (taken.folder / "备注.csv").is_file()
    kept = [path for path in (taken.folder / ".replaced").rglob("*.xlsx") if path.name == "一.xlsx"]
    assert [path.read_bytes() for path in kept] == [former]
    assert [each.title for each in season_of(taken.folder).forms] == ["一"]


def test_a_folder_in_data_is_used_as_it_is(workspace: Workspace) -> None:
    """Nothing is copied or written there."""
    put(form(1, "甲局", "一"), workspace.data / "自评" / "一.xlsx")
    taken = taken_in(workspace, workspace.data / "自评")
    assert (taken.folder, taken.copied) == (workspace.data / "自评", 0)
    assert [path.name for path in taken.folder.iterdir()] == ["一.xlsx"]


def test_a_folder_of_that_name_that_is_no_copy_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """Somebody's own data are not mixed with copies."""
    put(form(1, "甲局", "一"), workspace.data / "自评" / "一.xlsx")
    put(form(2, "甲局", "二"), tmp_path / "自评" / "二.xlsx")
    with pytest.raises(ParameterError, match="不是从这里复制的"):
        taken_in(workspace, tmp_path / "自评")
    with pytest.raises(ParameterError, match="工作区的 data"):
        taken_in(workspace, workspace.data)


def test_parameter_files_are_written_once_and_go_with_their_form(workspace: Workspace) -> None:
    """One a form and one of the whole; unchanged ones keep their time; a person's own file is never replaced."""
    folder = workspace.data / "自评"
    for name in ("一", "二"):
        put(form(1, "甲局", name), folder / f"{name}.xlsx")
    files = parameter_files(workspace, season_of(folder), folder, {"seed": 3})
    assert [path.relative_to(workspace.parameters).as_posix() for path in files] == [
        "self_evaluation/自评--一.yaml",
        "self_evaluation/自评--二.yaml",
        "season/自评.yaml",
    ]
    assert "form: data/自评/一.xlsx" in files[0].read_text("utf-8")
    assert "seed: 3" in files[-1].read_text("utf-8")
    before = files[0].stat().st_mtime_ns
    (folder / "二.xlsx").unlink()
    own = workspace.parameters / "self_evaluation" / "我的.yaml"
    own.write_text("form: data/自评/一.xlsx\n", encoding="utf-8")
    parameter_files(workspace, season_of(folder), folder, {"seed": 3})
    assert files[0].stat().st_mtime_ns == before
    assert not files[1].exists()
    assert own.is_file()
    files[0].write_text("form: data/自评/别的.xlsx\n", encoding="utf-8")
    with pytest.raises(OutputError, match="没有覆盖"):
        parameter_files(workspace, season_of(folder), folder, {})


def test_a_notice_names_no_other_unit_and_goes_when_nothing_is_left(workspace: Workspace) -> None:
    """Words copied from another unit are told of without it; files are made anew only where they would say something else."""
    folder = workspace.data / "自评"
    first, second = (
        planted(form(1, "甲局", "甲项目"), "3 得分大于分值"),
        planted(form(2, "乙局", "乙项目"), "5 总分"),
    )
    first.goal = second.goal = (
        "完成辖区内主要道路和附属设施的日常养护任务",
        "全年养护任务已经全部完成，群众出行有保障",
    )
    put(first, folder / "甲.xlsx")
    put(second, folder / "乙.xlsx")
    listed(folder / "清单.xlsx", ("甲局", "甲项目", 1), ("丙局", "丙项目", 1))
    made = hand_out(evaluate_season(folder), workspace.outputs, Source(folder))
    place, names = made.folder, made.files
    assert {name for name in names if "/" in name} == {
        f"绩效自评整改通知/{unit}.docx" for unit in ("甲局", "乙局", "丙局")
    }
    texts = {name: _text(place / name) for name in names if "/" in name}
    for unit in "甲乙丙":
        own = texts[f"绩效自评整改通知/{unit}局.docx"]
        assert f"{unit}局" in own
        assert not [other for other in "甲乙丙" if other != unit and f"{other}局" in own]
        assert not [other for other in "甲乙丙" if other != unit and f"{other}项目" in own]
    papers = openpyxl.load_workbook(place / "抽查复核表.xlsx")
    assert papers.sheetnames[0] == "复核汇总表"
    assert len(papers.sheetnames) == 3
    assert "与其他自评表的文字相同" in texts["绩效自评整改通知/甲局.docx"]
    assert "丙项目" in texts["绩效自评整改通知/丙局.docx"]
    before = {name: (place / name).stat().st_mtime_ns for name in names}
    put(form(2, "乙局", "乙项目"), folder / "乙.xlsx")
    made = hand_out(evaluate_season(folder), workspace.outputs, Source(folder))
    place, names = made.folder, made.files
    after = {name: (place / name).stat().st_mtime_ns for name in names}
    assert after["绩效自评整改通知/丙局.docx"] == before["绩效自评整改通知/丙局.docx"]
    assert after["绩效自评结果汇总表.xlsx"] != before["绩效自评结果汇总表.xlsx"]


def test_what_a_person_changed_is_kept(workspace: Workspace) -> None:
    """A notice with its date filled in, due anew: the changed one lies beside the new one; one that is due no more stays."""
    folder = workspace.data / "自评"
    put(planted(form(1, "甲局", "甲项目"), "3 得分大于分值"), folder / "甲.xlsx")
    made = hand_out(evaluate_season(folder), workspace.outputs, Source(folder))
    notice = made.folder / "绩效自评整改通知" / "甲局.docx"
    notice.write_bytes(notice.read_bytes() + b"dated")
    changed = notice.read_bytes()
    put(planted(form(1, "甲局", "甲项目"), "5 总分"), folder / "甲.xlsx")
    made = hand_out(evaluate_season(folder), workspace.outputs, Source(folder))
    assert [path.read_bytes() for path in made.kept] == [changed]
    assert notice.read_bytes() != changed
    assert hand_out(evaluate_season(folder), workspace.outputs, Source(folder)).kept == ()


def test_forms_are_read_in_several_processes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they read is known to this one: nothing is read again."""
    folder = workspace.data / "自评"
    for number in range(9):
        put(form(1, "甲局", f"项目{number}"), folder / f"{number}.xlsx")
    read_forms(folder, "", workspace.profiles, 2)
    monkeypatch.setattr("wenxiao.season.folder._read", None)
    assert len(season_of(folder, "", workspace.profiles).forms) == 9


def _text(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [p.text for section in document.sections for p in section.header.paragraphs]
    return "\n".join([*heads, *(p.text for p in document.paragraphs), *cells])


def test_two_seasons_of_one_name_are_refused(workspace: Workspace) -> None:
    """data/2023/自评 and data/2024/自评 would overwrite each other's page and lists."""
    for year in ("2023", "2024"):
        put(form(1, "甲局", "一"), workspace.data / year / "自评" / "一.xlsx")
    first, second = (workspace.data / year / "自评" for year in ("2023", "2024"))
    parameter_files(workspace, season_of(first), first, {})
    with pytest.raises(ParameterError, match="已用这个名称"):
        parameter_files(workspace, season_of(second), second, {})
