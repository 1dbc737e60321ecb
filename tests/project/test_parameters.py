"""Parameters are typed and checked before anything runs, and say the same as the notebooks' cells."""

import ast
import json
from pathlib import Path
from typing import Literal, get_origin

import nbformat
import papermill
import pytest
from papermill.iorw import read_yaml_file
from wenxiao.model import ParameterError, Problem, ProjectError
from wenxiao.project import named_things as module
from wenxiao.project.parameters import PARAMETERS, NotebookParameters, check_parameters
from wenxiao.project.parameters_cell import _TYPES, class_of_cell, parameters_of, read_parameters
from wenxiao.project.workspace import Workspace

DISTRICTS = ("兰山区", "罗庄区", "郯城县")


@pytest.fixture
def workspace(workspace_root: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with two projects, of which one has districts."""
    for name in ("mudan-2023", "linyi-2021"):
        (workspace_root / "data" / name).mkdir()

    def districts_of(folder: Path) -> tuple[str, ...]:
        return DISTRICTS if folder.name == "linyi-2021" else ()

    monkeypatch.setattr(module, "districts_of", districts_of)
    return Workspace(workspace_root)


def problems_of(notebook: str, values: dict[str, object], workspace: Workspace) -> list[Problem]:
    """What is wrong with the parameters of a notebook."""
    try:
        check_parameters(PARAMETERS[notebook], values, workspace, "x.yaml")
    except ParameterError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("notebook", PARAMETERS)
def test_defaults_are_right(notebook: str, checkout: Path) -> None:
    """In this checkout each notebook runs as it stands: its own values name what is there."""
    assert problems_of(notebook, {}, Workspace(checkout)) == []


@pytest.mark.parametrize(
    ("notebook", "values", "what", "remedy"),
    [
        ("project_report", {"projct": "data/mudan-2023"}, "没有 projct 这个参数", "是否为“project”"),
        ("project_report", {"xyz": 1}, "没有 xyz 这个参数", "改正名称"),
        ("project_report", {"project": 2023}, "project 的类型不对", "改正该值"),
        (
            "project_report",
            {"project": "data/mudan2023"},
            "project 所指的项目文件夹不存在",
            "是否为“data/mudan-2023”",
        ),
        (
            "project_report",
            {"project": "../secret"},
            "路径不在工作区之内",
            "把资料放进工作区的 data 文件夹，再写相对路径",
        ),
        ("project_report", {"profile": "natonal"}, "profile 所指的评价规则不存在", "是否为“national”"),
        ("project_report", {"audience": "Release"}, "audience 的值不在可选之列", "是否为“release”"),
        (
            "district_report",
            {"audience": "release"},
            "内部审核稿不能公开",
            "加一行 edition: 征求意见稿 或 edition: 正式稿",
        ),
        ("project_report", {"edition": "征求意见"}, "edition 的值不在可选之列", "是否为“征求意见稿”"),
        ("district_report", {"district": "兰山"}, "data/linyi-2021 中没有这个县区", "是否为“兰山区”"),
        (
            "district_report",
            {"project": "data/mudan-2023"},
            "data/mudan-2023 没有分县区的表",
            "改用 project_report，或补上分县区的表",
        ),
        ("portfolio", {"projects": "data/mudan-2023"}, "projects 的类型不对", "改正该值"),
        ("portfolio", {"projects": ["data/linyi-2021", 7]}, "projects 的第 2 项 的类型不对", "改正该值"),
        (
            "portfolio",
            {"projects": ["data/linyi"]},
            "projects 所指的项目文件夹不存在",
            "是否为“data/linyi-2021”",
        ),
        ("portfolio", {"projects": ["data/linyi-2021"] * 2}, "projects 中同一个项目列了两次", "删去一处"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(
    workspace: Workspace, notebook: str, values: dict[str, object], what: str, remedy: str
) -> None:
    """Unknown names, types, choices, folders, profiles and districts: each a problem with file and remedy."""
    (problem,) = problems_of(notebook, values, workspace)
    assert (problem.file, problem.what, problem.remedy) == ("x.yaml", what, remedy)


def test_all_problems_in_one_pass(workspace: Workspace) -> None:
    """Two wrong names and a wrong type are three problems; two missing things are two."""
    assert len(problems_of("project_report", {"a": 1, "b": 2, "profile": 3}, workspace)) == 3
    missing: dict[str, object] = {"project": "data/nowhere", "profile": "none"}
    assert len(problems_of("district_report", missing, workspace)) == 2


def test_types_are_not_guessed(workspace: Workspace) -> None:
    """A text that looks like another type is not turned into it, nor another type into a text."""
    (problem,) = problems_of("district_report", {"district": True}, workspace)
    assert problem.rule == "应为文字，纯数字、日期、是否须加引号"
    own = class_of_cell("own", "year: int = 2023")
    with pytest.raises(ParameterError, match="应为整数"):
        check_parameters(own, {"year": "2023"}, workspace)


def test_own_profile_is_known(workspace: Workspace) -> None:
    """A profile of the analyst's own may be named."""
    workspace.profiles.mkdir()
    (workspace.profiles / "某市.yaml").write_text("extends: national\n", encoding="utf-8")
    assert problems_of("project_report", {"profile": "某市"}, workspace) == []


def test_an_unreadable_project_is_left_to_its_own_run(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook that cannot be read is no parameter problem: the other districts' reports are to be made."""

    def unreadable(folder: Path) -> tuple[str, ...]:
        raise ProjectError(Problem("打不开", file=folder.name))

    monkeypatch.setattr(module, "districts_of", unreadable)
    assert problems_of("district_report", {"district": "任意"}, workspace) == []


def cell_source(cls: type[NotebookParameters]) -> str:
    """The text of a parameters cell: a line a parameter with its type, default and help, as papermill reads it."""
    lines = []
    for name, field in cls.model_fields.items():
        default = field.get_default(call_default_factory=True)
        kinds = (text for text, each in _TYPES.items() if each == field.annotation)
        kind = "str" if get_origin(field.annotation) is Literal else next(kinds)
        value = repr(default) if isinstance(default, bool) else json.dumps(default, ensure_ascii=False)
        lines.append(f"{name}: {kind} = {value}  # {field.description}")
    return "\n".join(lines)


@pytest.mark.parametrize("notebook", PARAMETERS)
def test_papermill_reads_the_cell(notebook: str) -> None:
    """From the cell of a class papermill infers every parameter with its type, default and help."""
    cls = PARAMETERS[notebook]
    cell = nbformat.v4.new_code_cell(cell_source(cls), metadata={"tags": ["parameters"]})
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    inferred = papermill.inspect_notebook(nbformat.v4.new_notebook(cells=[cell], metadata=kernel))
    fields = cls.model_fields
    assert list(inferred) == list(fields)
    for name, parameter in inferred.items():
        default = fields[name].get_default(call_default_factory=True)
        assert parameter["help"] == fields[name].description
        assert ast.literal_eval(parameter["default"]) == default
        assert parameter["inferred_type_name"].partition("[")[0] == type(default).__name__


def test_the_notebooks_cells_are_those_of_the_classes(checkout: Path) -> None:
    """Each notebook that makes a report has a class, each class a notebook, and they agree to the letter.

    The explorer makes no report: its parameters are where it opens.
    """
    cells = {}
    for path in sorted((checkout / "notebooks").glob("*.ipynb")):
        if path.stem == "explore":
            continue
        for cell in nbformat.read(path, as_version=4).cells:
            if "parameters" in cell.metadata.get("tags", ()):
                cells[path.stem] = cell.source
    assert cells == {name: cell_source(cls) for name, cls in PARAMETERS.items()}


def test_own_notebook_is_checked_by_its_cell(tmp_path: Path) -> None:
    """A notebook the project does not know has the parameters that its cell declares; other types pass unchecked."""
    cell = nbformat.v4.new_code_cell(
        'names: list[str] = []  # 名\nwhen: "date" = ""\nfree = 1', metadata={"tags": ["parameters"]}
    )
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    cls = parameters_of(path)
    assert {name: field.annotation for name, field in cls.model_fields.items()}["names"] == list[str]
    assert cls.model_validate({"when": 3, "free": "x"}).model_dump() == {"names": [], "when": 3, "free": "x"}


@pytest.mark.parametrize("source", ["x: int = f()", "x: int =", "%matplotlib inline"])
def test_a_cell_of_no_literals_is_an_error(tmp_path: Path, source: str) -> None:
    """A parameters cell that computes is refused with the rule."""
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    with pytest.raises(ParameterError, match=r"own.ipynb：笔记本的参数单元格读不懂.*名称: 类型 = 值"):
        parameters_of(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 只有注释\n",
        "project: data/mudan-2023\nyear: 2023\ndate: 2023-05-01\nrate: 1.5\nyes: no\n",
        "base: &b {a: 1}\nmore:\n  <<: *b\n  a: 2\nlist: [甲, 乙]\ncode: '0101'\n",
    ],
)
def test_values_are_those_papermill_passes(tmp_path: Path, text: str) -> None:
    """What is checked is what stock `papermill -f` hands to the notebook, dates as text included."""
    path = tmp_path / "x.yaml"
    path.write_text(text.replace("yes:", "'yes':"), encoding="utf-8")
    assert read_parameters(path) == (read_yaml_file(str(path)) or {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", "x.yaml 第 3 行第 1 列：“a”写了两次"),
        (b"a: {b: 1, b: 2}\n", "x.yaml 第 1 行第 11 列：“b”写了两次"),
        (b"a: [1\nb: 2\n", "x.yaml 第 2 行第 2 列：不是合法的 YAML"),
        (b"a: @x\n", "x.yaml 第 1 行第 4 列：不是合法的 YAML"),
        (b"- a\n", "x.yaml：参数文件的内容不是参数"),
        (b"2023: a\n", "x.yaml：参数名不是文字（现为“2023”）"),
        (b"project: \xff\x00\x81\n", "x.yaml：不是文本文件"),
        (b"a: !!python/object:os.system x\n", "不是合法的 YAML"),
    ],
)
def test_bad_files_are_located(tmp_path: Path, text: bytes, message: str) -> None:
    """A file that is no mapping of names to values in UTF-8 is an error with line and column where there is one."""
    path = tmp_path / "x.yaml"
    path.write_bytes(text)
    with pytest.raises(ParameterError) as caught:
        read_parameters(path)
    assert message in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A file that cannot be opened is an error that names it."""
    with pytest.raises(ParameterError, match=r"gone.yaml：文件打不开"):
        read_parameters(tmp_path / "gone.yaml")


def test_the_files_of_this_checkout_are_right(checkout: Path) -> None:
    """Every parameter file of the project passes the check, and a file of a district is called after it."""
    here = Workspace(checkout)
    files = [path for path in here.parameters.glob("*/*.yaml") if path.parent != here.profiles]
    written = {"self_evaluation", "season", "monitoring"}  # for the forms that somebody has
    assert {path.parent.name for path in files} - written == set(PARAMETERS) - written
    for path in files:
        values = read_parameters(path)
        check_parameters(PARAMETERS[path.parent.name], values, here, path.name)
        if path.parent.name == "district_report":
            assert path.stem == f"{str(values['project']).removeprefix('data/')}--{values['district']}"


def test_wrong_values_do_not_hide_wrong_places(checkout: Path) -> None:
    """A choice that is none and a folder that is not there are told in one pass."""
    values = {"project": "data/mudan-2032", "profile": "natonal", "audience": "public"}
    with pytest.raises(ParameterError) as caught:
        check_parameters(PARAMETERS["project_report"], values, Workspace(checkout))
    assert [problem.value for problem in caught.value.problems] == ["public", "data/mudan-2032", "natonal"]
