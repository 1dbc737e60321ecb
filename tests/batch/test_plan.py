"""The plan takes what is selected, and refuses everything at once if anything is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from wenxiao.batch import Run, plan
from wenxiao.batch.run import is_safe, name_key
from wenxiao.model import ParameterError
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
