"""The plan takes what is selected, and refuses everything at once if anything is wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.batch import Run, plan
from wenxiao.batch.planning.plan import _part
from wenxiao.batch.run import is_safe, name_key
from wenxiao.model import ParameterError, ProjectError
from wenxiao.project.workspace import Workspace

Write = Callable[..., Path]


@pytest.fixture
def workspace(workspace_root: Path) -> Workspace:
    """A workspace with two own notebooks, each with the parameters `place` and `year`."""
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": ['place: str = "某区"  # 地方\n', "year: int = 2023  # 年度"],
    }
    for name in ("first", "second"):
        path = workspace_root / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return Workspace(workspace_root)


@pytest.fixture
def write(workspace: Workspace) -> Write:
    """Writes a parameter file below parameters/."""

    def written(name: str, text: str = "place: 朝阳区\n") -> Path:
        path = workspace.parameters / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def keys(runs: tuple[Run, ...]) -> list[str]:
    """The runs as the terminal shows them."""
    return [run.key for run in runs]


def test_everything_by_default(workspace: Workspace, write: Write) -> None:
    """Without a selection every notebook's files run; profiles, hidden files and other files are no runs."""
    for name in ("second/b.yml", "first/a.yaml", "first/README.md", "profiles/own.yaml", "first/.a.yaml"):
        write(name)
    assert keys(plan(workspace)) == ["first/a", "second/b"]


def test_a_run_knows_its_places(workspace: Workspace, write: Write) -> None:
    """A run is told its parameters as papermill would read them, and where its files go."""
    write("first/linyi-2021--兰山区.yaml", "place: 兰山区\nyear: 2021\n")
    (run,) = plan(workspace)
    assert run.parameters == {"place": "兰山区", "year": 2021}
    assert run.source == workspace.notebooks / "first.ipynb"
    assert run.folder == workspace.outputs / "first" / "linyi-2021--兰山区"
    (elsewhere,) = plan(workspace, outputs=workspace.root / "other")
    assert elsewhere.folder == workspace.root / "other" / "first" / "linyi-2021--兰山区"


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (["a"], ["first/a", "second/a"]),
        (["second/a"], ["second/a"]),
        (["second", "first/b"], ["second/a", "first/b"]),
        (["parameters/first"], ["first/a", "first/b"]),
        (["parameters"], ["first/a", "first/b", "second/a"]),
        (["parameters/first/b.yaml", "b"], ["first/b"]),
        (["first/b.yaml"], ["first/b"]),
    ],
)
def test_selections(workspace: Workspace, write: Write, selection: list[str], expected: list[str]) -> None:
    """A run's name, a notebook's name, a folder and a file each select; nothing runs twice."""
    for name in ("first/a.yaml", "first/b.yaml", "second/a.yaml"):
        write(name)
    assert keys(plan(workspace, selection)) == expected


def test_files_from_the_working_directory(
    workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path is also taken from the working directory, as a shell completes it."""
    path = write("first/a.yaml")
    monkeypatch.chdir(path.parent)
    assert keys(plan(workspace, ["a.yaml"])) == ["first/a"]


def test_unknown_selection_names_the_nearest(workspace: Workspace, write: Write) -> None:
    """A misspelt selection is an error with the nearest run."""
    write("first/mudan-2023.yaml")
    with pytest.raises(ParameterError, match="是否为“mudan-2023”"):
        plan(workspace, ["mudan2023"])


def test_nothing_to_run_is_an_error(workspace: Workspace, write: Write) -> None:
    """A workspace without parameter files, and a folder without any, are errors, not a run of nothing."""
    with pytest.raises(ParameterError, match="没有参数文件"):
        plan(workspace)
    write("first/a.yaml")
    (workspace.root / "empty").mkdir()
    with pytest.raises(ParameterError, match="文件夹里没有参数文件"):
        plan(workspace, ["empty"])


def test_all_problems_of_all_files_in_one_pass(workspace: Workspace, write: Write) -> None:
    """Every file is checked before any runs, and every problem names its file."""
    write("first/good.yaml")
    write("first/name.yaml", "plaec: 朝阳区\nyear: 二〇二三\n")
    write("first/syntax.yaml", "place: [\n")
    write("frist/x.yaml")
    with pytest.raises(ParameterError) as caught:
        plan(workspace, ["parameters", "no such"])
    found = [(problem.file, problem.what, problem.remedy) for problem in caught.value.problems]
    assert [file for file, _, _ in found] == [
        "",
        "parameters/first/name.yaml",
        "parameters/first/name.yaml",
        "parameters/first/syntax.yaml",
        "parameters/frist/x.yaml",
    ]
    assert ("parameters/first/name.yaml", "没有 plaec 这个参数", "是否为“place”") in found
    assert found[-1][2] == "是否为“first”"


def test_one_folder_for_two_runs_is_an_error(workspace: Workspace, write: Write) -> None:
    """Two files whose results would share a folder, on a system that ignores case too, are both named."""
    write("first/a.yaml")
    write("first/A.yml")
    with pytest.raises(ParameterError, match=r"parameters/first/a.yaml：与 parameters/first/A.yml 同名"):
        plan(workspace)


def test_the_same_name_in_two_notebooks_is_fine(workspace: Workspace, write: Write) -> None:
    """A run's name need only be its notebook's own."""
    write("first/a.yaml")
    write("second/a.yaml")
    assert len(plan(workspace)) == 2


def test_unsafe_file_name_is_an_error(workspace: Workspace, write: Write) -> None:
    """A file name that no folder can have everywhere is refused with the rule."""
    write("first/con.yaml")
    with pytest.raises(ParameterError, match="参数文件名不能用作文件夹名（现为“con”）"):
        plan(workspace)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "a:b",
        "a?",
        "a\n",
        "a.",
        " a",
        "a ",
        "NUL",
        "com1.x",
        "长" * 67,
        "x.ipynb",
    ],
)
def test_unsafe_names(name: str) -> None:
    """Names that leave the outputs, hide, or cannot be made on some system are unsafe."""
    assert not is_safe(name)


@pytest.mark.parametrize("name", ["mudan-2023", "linyi-2021--兰山区", "a b", "2023.1", "长" * 66, "console"])
def test_safe_names(name: str) -> None:
    """Ordinary names, Chinese ones too, are safe."""
    assert is_safe(name)


def test_names_that_some_systems_take_for_one() -> None:
    """Case and composition do not tell two runs apart."""
    assert name_key("É-Linyi") == name_key("e\u0301-linyi")
    assert name_key("a") != name_key("b")


def test_unreadable_notebook_is_an_error(workspace: Workspace, write: Write) -> None:
    """A notebook that is no notebook is found before anything runs."""
    (workspace.notebooks / "first.ipynb").write_text("oops", encoding="utf-8")
    write("first/a.yaml")
    with pytest.raises(ParameterError, match=r"notebooks/first.ipynb：笔记本的参数单元格读不懂"):
        plan(workspace)


@pytest.fixture
def provincial(workspace: Workspace, checkout: Path) -> Workspace:
    """A workspace with a project of twelve districts and the notebook of districts."""
    shutil.copytree(checkout / "data" / "linyi-2021", workspace.data / "linyi-2021")
    shutil.copy(checkout / "notebooks" / "district_report.ipynb", workspace.notebooks)
    return workspace


def test_a_file_for_each_district(provincial: Workspace, write: Write) -> None:
    """A file that gives no district stands for all of them, in the order of the sheets; a district's own file wins."""
    write("district_report/linyi-2021.yaml", "project: data/linyi-2021\n")
    write(
        "district_report/linyi-2021--费县.yaml",
        "project: data/linyi-2021\ndistrict: 费县\nedition: 征求意见稿\n",
    )
    write("first/a.yaml")
    runs = plan(provincial, each_district=True)
    assert len(runs) == 13
    assert [run.key for run in runs[:3]] == [
        "district_report/linyi-2021--费县",
        "district_report/linyi-2021--兰山区",
        "district_report/linyi-2021--罗庄区",
    ]
    assert runs[0].parameters["edition"] == "征求意见稿"
    assert runs[1].parameters == {"project": "data/linyi-2021", "district": "兰山区"}
    assert runs[-1].key == "first/a"


def test_without_expansion_a_district_is_needed(provincial: Workspace, write: Write) -> None:
    """A file of district_report without a district is an error unless it is to be expanded."""
    write("district_report/linyi-2021.yaml", "project: data/linyi-2021\n")
    with pytest.raises(ParameterError, match="没有写 district 这个参数"):
        plan(provincial)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("project: data/liny-2021\n", "project 所指的项目文件夹不存在.*是否为“data/linyi-2021”"),
        ("profile: national\n", "没有写 project 这个参数"),
        ("project: data/linyi-2021\nprofil: national\n", "没有 profil 这个参数"),
        ("project: data/empty\n", "项目文件夹里没有表格"),
    ],
)
def test_what_cannot_be_expanded_is_an_error(
    provincial: Workspace, write: Write, text: str, message: str
) -> None:
    """A project that is not there, or cannot be read, is said once, with its file."""
    (provincial.data / "empty").mkdir()
    write("district_report/x.yaml", text)
    with pytest.raises(ParameterError, match=message) as caught:
        plan(provincial, each_district=True)
    assert len(caught.value.problems) == 1


def test_two_files_that_expand_to_one_name_are_an_error(provincial: Workspace, write: Write) -> None:
    """Two expansions whose reports would share a folder are told."""
    write("district_report/linyi-2021.yaml", "project: data/linyi-2021\n")
    write("district_report/Linyi-2021.yaml", "project: data/linyi-2021\n")
    with pytest.raises(ParameterError, match="同名"):
        plan(provincial, each_district=True)


@given(names=st.sets(st.text("abc临沂", min_size=1, max_size=4), max_size=40), parts=st.integers(1, 9))
def test_shards_are_a_partition(names: set[str], parts: int) -> None:
    """Shards have no run in common, leave none out, differ by at most one, and keep the order."""
    runs = [Run("report", name, {}, Path("/w"), "/w/outputs") for name in sorted(names)]
    shards = [_part(runs, (part, parts)) for part in range(1, parts + 1)]
    assert sorted(run.name for shard in shards for run in shard) == sorted(names)
    assert max(map(len, shards)) - min(map(len, shards)) <= 1
    assert all(list(shard) == [run for run in runs if run in shard] for shard in shards)


@given(names=st.permutations([f"run-{n}" for n in range(20)]))
def test_shards_do_not_depend_on_the_order(names: list[str]) -> None:
    """The same runs, selected in any order, are dealt out alike."""
    runs = [Run("report", name, {}, Path("/w"), "/w/outputs") for name in names]
    former = [Run("report", f"run-{n}", {}, Path("/w"), "/w/outputs") for n in range(20)]
    assert {run.name for run in _part(runs, (2, 3))} == {run.name for run in _part(former, (2, 3))}


@pytest.mark.parametrize("shard", [(0, 3), (4, 3), (1, 0)])
def test_a_shard_that_is_none(workspace: Workspace, write: Write, shard: tuple[int, int]) -> None:
    """A part outside the parts is an error with the rule."""
    write("first/a.yaml")
    with pytest.raises(ParameterError, match=r"没有这一份.*如 1/4"):
        plan(workspace, shard=shard)


def test_outputs_at_an_address(workspace: Workspace, write: Write) -> None:
    """An address of fsspec is kept as it is; one that needs a missing library is an error with the remedy."""
    write("first/a.yaml")
    (run,) = plan(workspace, outputs="memory://reports")
    assert (run.outputs, run.place.path) == ("memory://reports", "/reports/first/a")
    with pytest.raises(ValueError, match="memory://reports"):
        _ = run.folder
    with pytest.raises(ProjectError, match="这种地址打不开"):
        plan(workspace, outputs="nowhere://reports")


def test_a_notebook_without_a_language_is_said(workspace: Workspace, write: Write) -> None:
    """Parameters cannot be put into a notebook that does not say its language; one sentence says how it is mended."""
    path = workspace.notebooks / "first.ipynb"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "metadata": {}}), encoding="utf-8")
    write("first/a.yaml")
    with pytest.raises(ParameterError, match=r"first.ipynb：笔记本没有写明语言.*Python 3 内核"):
        plan(workspace)


def test_a_backend_that_matplotlib_does_not_know_is_said(
    workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bad MPLBACKEND is named before anything runs; one that there is does no harm."""
    write("first/a.yaml")
    monkeypatch.setenv("MPLBACKEND", "nosuch")
    with pytest.raises(ParameterError, match=r"MPLBACKEND 不是 matplotlib 的后端.*nosuch"):
        plan(workspace)
    monkeypatch.setenv("MPLBACKEND", "svg")
    assert plan(workspace)


def test_a_run_name_too_long_for_a_file_system_is_said(workspace: Workspace, write: Write) -> None:
    """The name of a parameter file, with the district behind it, is a folder's name: one too long is named with its rule."""
    write(f"first/{'长' * 70}.yaml")
    with pytest.raises(ParameterError, match="参数文件名不能用作文件夹名"):
        plan(workspace)
