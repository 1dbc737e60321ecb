"""Handing over: what lies where afterwards, and what does not when something goes wrong."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from upath import UPath
from wenxiao.batch import plan
from wenxiao.batch.delivering import deliver
from wenxiao.model import ParameterError, ProjectError, RunError
from wenxiao.project import Workspace
from wenxiao.reports.comparison import Part, compare
from wenxiao.reports.listing import listing


@pytest.fixture
def workspace(checkout: Path, tmp_path: Path) -> Workspace:
    """A workspace with 牡丹区 under a parameter file, and 临沂 with one for 平邑县 alone."""
    root = tmp_path / "工作区 一"
    for project in ("mudan-2023", "linyi-2021"):
        shutil.copytree(checkout / "data" / project, root / "data" / project)
    for notebook in ("project_report", "district_report", "portfolio"):
        (root / "notebooks").mkdir(exist_ok=True)
        shutil.copy(checkout / "notebooks" / f"{notebook}.ipynb", root / "notebooks")
    for name, text in {
        "project_report/mudan-2023.yaml": "project: data/mudan-2023\n",
        "district_report/平邑县.yaml": "project: data/linyi-2021\ndistrict: 平邑县\n",
        "portfolio/all.yaml": "projects: []\n",
    }.items():
        path = root / "parameters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Workspace(root)


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are quick to make and change with the results, for what is about places and not about files."""
    monkeypatch.setattr("wenxiao.batch.delivering.files_of", _quick)


def _quick(
    delivery: object, recorded: object, revision: object = None, beside: object = None
) -> dict[str, bytes]:
    del delivery, beside
    text = recorded.model_dump_json()  # type: ignore[attr-defined]
    before = f"{revision.before} {revision.texts}" if revision else ""  # type: ignore[attr-defined]
    return {
        "report.docx": b"docx",
        "charts/1.png": b"png",
        "results.json": text.encode(),
        "before": before.encode(),
    }


def _told(folder: Path, words: str) -> None:
    """The words of the last section of the narrative go on."""
    text = (folder / "narrative.md").read_text(encoding="utf-8")
    (folder / "narrative.md").write_text(text + f"\n{words}\n", encoding="utf-8")


def test_an_edition_lies_whole_with_a_manifest_of_hashes(workspace: Workspace) -> None:
    """Each file is the one that the manifest names, by its hash; nothing else is there, and nothing is left over."""
    made = deliver(workspace, "mudan-2023", "征求意见稿")
    assert made.folder == workspace.outputs / "deliver" / "mudan-2023" / "征求意见稿"
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    there = {p.relative_to(made.folder).as_posix(): p for p in made.folder.rglob("*") if p.is_file()}
    assert {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in there.items()
        if name in made.files
    } == {name: file["sha256"] for name, file in manifest["files"].items()}
    assert there.keys() == {*made.files, "manifest.json"}
    assert (manifest["edition"], manifest["mark"]) == ("征求意见稿", "征求意见稿 · 内部使用")
    assert {"项目绩效目标", "满意度情况"} < set(made.left_out)
    assert "评价结论" not in made.left_out
    assert not any((workspace.outputs / ".wenxiao" / "staging").iterdir())


@pytest.mark.usefixtures("light")
def test_files_go_by_the_names_that_are_asked_for(workspace: Workspace) -> None:
    """A file and a folder are called as asked; asked for by other names, the edition that is there stays."""
    names = {"report.docx": "评价报告.docx", "charts": "图"}
    made = deliver(workspace, "mudan-2023", "征求意见稿", names=names)
    assert set(made.files) == {"评价报告.docx", "图/1.png", "results.json", "before"}
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == set(made.files)
    assert all((made.folder / name).is_file() for name in made.files)
    again = deliver(workspace, "mudan-2023", "征求意见稿")
    assert again.unchanged
    assert set(again.files) == set(made.files)


@pytest.mark.usefixtures("light")
def test_what_has_not_changed_is_left_as_it_is(workspace: Workspace) -> None:
    """The same input is the same edition: its time stays that of the first."""
    first = deliver(workspace, "mudan-2023", "征求意见稿")
    times = (first.folder / "manifest.json").stat().st_mtime_ns
    again = deliver(workspace, "mudan-2023", "征求意见稿")
    assert again.unchanged
    assert (first.folder / "manifest.json").stat().st_mtime_ns == times
    assert [path.name for path in first.folder.parent.iterdir()] == ["征求意见稿"]


@pytest.mark.usefixtures("light")
def test_an_edition_made_anew_keeps_the_former(workspace: Workspace) -> None:
    """What was sent out is never overwritten; the new one is compared with it, and made again it is the same."""
    first = deliver(workspace, "mudan-2023", "征求意见稿")
    sent = (first.folder / "results.json").read_bytes()
    for number in (1, 2):
        _told(workspace.data / "mudan-2023", f"第{number}次补充。")
        made = deliver(workspace, "mudan-2023", "征求意见稿")
        assert made.kept is not None
        assert made.kept.name == made.before == f"征求意见稿（第{number}次）"
        assert (made.folder / "before").read_text() == f"{made.before} ('有关建议',)"
        assert deliver(workspace, "mudan-2023", "征求意见稿").unchanged
    assert (first.folder.with_name("征求意见稿（第1次）") / "results.json").read_bytes() == sent


@pytest.mark.usefixtures("light")
def test_an_edition_follows_the_stage_before_it(workspace: Workspace) -> None:
    """An 内部审核稿 is compared with the last 征求意见稿; `wenxiao compare` finds both."""
    draft = deliver(workspace, "mudan-2023", "征求意见稿")
    profile = workspace.profiles / "own.yaml"
    profile.parent.mkdir(parents=True)
    profile.write_text("extends: national\ntitle: 本市办法\nsource: 本市办法\n", encoding="utf-8")
    parameters = workspace.parameters / "project_report" / "mudan-2023.yaml"
    parameters.write_text("project: data/mudan-2023\nprofile: own\n", encoding="utf-8")
    made = deliver(workspace, "mudan-2023", "内部审核稿")
    assert made.before == "征求意见稿"
    (run,) = compare(draft.folder, made.folder).runs
    assert {change.part for change in run.changes} == {Part.INPUT, Part.PARAMETER}


@pytest.mark.usefixtures("light")
def test_what_goes_out_is_compared_with_what_went_out(workspace: Workspace) -> None:
    """A release says nothing of an internal draft."""
    deliver(workspace, "mudan-2023", "内部审核稿")
    assert deliver(workspace, "mudan-2023", "征求意见稿", "release").before == ""


def test_a_final_edition_is_refused_before_anything_is_written(workspace: Workspace) -> None:
    """All that stands against it is said, and the folder stays as it was."""
    with pytest.raises(RunError) as caught:
        deliver(workspace, "mudan-2023", "正式稿")
    unanswered, nobody = (problem.what for problem in caught.value.problems)
    assert unanswered.startswith("核对出的错误没有说明：二、（一）得分情况表所列产出得分率为 63.89%")
    assert nobody == "没有写明主评人"
    assert not workspace.outputs.exists()


@pytest.mark.usefixtures("light")
def test_a_failure_at_the_last_moment_leaves_the_former_edition(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the new one cannot be put in its place, the old one is there again, and nothing half made."""
    first = deliver(workspace, "mudan-2023", "征求意见稿")
    before = sorted(workspace.outputs.rglob("*"))
    _told(workspace.data / "mudan-2023", "补充。")
    real = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "edition":
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        deliver(workspace, "mudan-2023", "征求意见稿")
    assert sorted(workspace.outputs.rglob("*")) == before
    assert first.folder.is_dir()


@pytest.mark.usefixtures("light")
def test_the_index_and_the_plan_do_not_take_it_for_runs(workspace: Workspace) -> None:
    """Neither the list of reports nor the plan of runs knows the folder of what was handed over."""
    deliver(workspace, "mudan-2023", "征求意见稿")
    assert listing(UPath(workspace.outputs)).entries == ()
    assert {run.notebook for run in plan(workspace)} == {"project_report", "district_report", "portfolio"}


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize(
    ("selection", "run"),
    [
        ("mudan-2023", "mudan-2023"),
        ("linyi-2021", "linyi-2021"),
        ("平邑县", "平邑县"),
        ("parameters/project_report/mudan-2023.yaml", "mudan-2023"),
    ],
)
def test_a_project_a_run_or_a_parameter_file_is_named(workspace: Workspace, selection: str, run: str) -> None:
    """A project without a parameter file is handed over with the usual parameters."""
    assert deliver(workspace, selection).folder.parent.name == run


@pytest.mark.parametrize("selection", ["all", "project_report/nope", "nope"])
def test_what_is_no_report_to_hand_over_is_refused(workspace: Workspace, selection: str) -> None:
    """A portfolio and an unknown name are errors in words."""
    with pytest.raises(ParameterError) as caught:
        deliver(workspace, selection)
    assert all(problem.remedy for problem in caught.value.problems)


def test_an_internal_draft_is_never_released(workspace: Workspace) -> None:
    """As for `wenxiao run`."""
    with pytest.raises(ParameterError, match="内部审核稿不能公开"):
        deliver(workspace, "mudan-2023", "内部审核稿", "release")


def test_an_address_elsewhere_is_refused_in_words(workspace: Workspace) -> None:
    """A set of files is put in place by renaming a folder, which stores do not know."""
    with pytest.raises(ProjectError, match="本机的文件夹"):
        deliver(workspace, "mudan-2023", outputs="memory://somewhere")


def test_a_release_on_one_district_names_no_other_in_any_file(
    workspace: Workspace, text_of: Callable[[Path], str]
) -> None:
    """Text, properties and names of all files, unpacked, hold no other county."""
    made = deliver(workspace, "平邑县", "征求意见稿", "release")
    whole = "\n".join(text_of(path) for path in made.folder.rglob("*") if path.is_file())
    assert "平邑县" in whole
    for peer in (
        "兰山区",
        "罗庄区",
        "河东区",
        "沂南县",
        "郯城县",
        "沂水县",
        "兰陵县",
        "费县",
        "莒南县",
        "蒙阴县",
        "临沭县",
    ):
        assert peer not in whole
    assert "内部质控单.xlsx" not in made.files


@pytest.fixture
def text_of() -> Callable[[Path], str]:
    """Gives the name and all text of a file, of packed ones that of their members too."""

    def read(path: Path) -> str:
        return path.name + _text(path.read_bytes())

    return read


def _text(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(name + _text(package.read(name)) for name in package.namelist())


def test_the_archive_holds_the_data_and_what_was_checked(workspace: Workspace) -> None:
    """An internal edition is archived with its sources, its quality sheet and the page of the same run."""
    page = workspace.outputs / "project_report" / "mudan-2023"
    made = deliver(workspace, "mudan-2023")
    page.mkdir(parents=True)
    (page / "report.html").write_text("页", encoding="utf-8")
    names = set(zipfile.ZipFile(made.folder / "archive.zip").namelist())
    assert {
        "基础数据报表/资金情况.xlsx",
        "数据核查确认报告/内部质控单.xlsx",
        "工作底稿/报告/report.docx",
    } <= names
    assert "工作底稿/报告/report.html" not in names
    shutil.copy(made.folder / "results.json", page)
    again = deliver(workspace, "mudan-2023")
    assert "工作底稿/报告/report.html" in zipfile.ZipFile(again.folder / "archive.zip").namelist()


def test_an_edition_for_release_has_no_quality_sheet(workspace: Workspace) -> None:
    """Neither in its folder nor in its archive."""
    made = deliver(workspace, "mudan-2023", "征求意见稿", "release")
    assert "内部质控单.xlsx" not in made.files
    names = zipfile.ZipFile(made.folder / "archive.zip").namelist()
    assert not [name for name in names if name.startswith(("数据核查", "基础数据"))]
