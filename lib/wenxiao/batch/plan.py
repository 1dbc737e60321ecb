"""The plan: which runs there are, each checked before any of them starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from wenxiao.batch.run import Run, is_safe, name_key
from wenxiao.model.errors import ParameterError, Problem
from wenxiao.project.parameter_file import read_parameters
from wenxiao.project.parameters import check_parameters, missing_names, unknown
from wenxiao.project.parameters_cell import parameters_of
from wenxiao.project.place import address, place_of
from wenxiao.project.workspace import Workspace

_NOT_A_NOTEBOOK = "profiles"


def plan(
    workspace: Workspace,
    selection: Sequence[str] = (),
    outputs: str | Path | None = None,
    *,
    each_district: bool = False,
    shard: tuple[int, int] | None = None,
) -> tuple[Run, ...]:
    """The runs of the selected parameter files, all of them by default, in the order selected.

    A selection is the name of a run ("mudan-2023", of whichever notebooks, or "project_report/mudan-2023"), of a
    notebook, or the path of a parameter file or folder. Raises ParameterError with all that is wrong in all files:
    nothing may run before that is put right.
    """
    del each_district, shard
    place = address(place_of(outputs or workspace.outputs))
    problems: list[Problem] = []
    files: list[Path] = []
    for item in selection or ("",):
        try:
            files += _selected(item, workspace)
        except ParameterError as error:
            problems += error.problems
    runs: list[Run] = []
    taken: dict[tuple[str, str], Path] = {}
    for file in dict.fromkeys(files):
        notebook, name = file.parent.name, file.stem
        twin = taken.setdefault((notebook, name_key(name)), file)
        if twin != file:
            problems.append(
                Problem(
                    f"与 {workspace.relative(twin)} 同名，结果会互相覆盖",
                    file=workspace.relative(file),
                    remedy="给其中一个参数文件改名",
                )
            )
            continue
        try:
            runs.append(_run(file, workspace, place))
        except ParameterError as error:
            problems += error.problems
    if problems:
        raise ParameterError(problems)
    return tuple(runs)


def _run(file: Path, workspace: Workspace, outputs: str) -> Run:
    """The checked run of one parameter file."""
    shown = workspace.relative(file)
    run = Run(file.parent.name, file.stem, read_parameters(file, shown), workspace.root, outputs)
    if not is_safe(run.name):
        raise ParameterError(
            Problem(
                "参数文件名不能用作文件夹名",
                file=shown,
                value=run.name,
                rule='不含 / \\ : * ? " < > |，首尾不是点或空格，不是 CON 之类的保留名',
                remedy="给参数文件改名",
            )
        )
    if not run.source.is_file():
        known = tuple(sorted(path.stem for path in workspace.notebooks.glob("*.ipynb")))
        problem = unknown("参数文件所在的文件夹名不是笔记本", run.notebook, known)
        raise ParameterError(
            Problem(problem.what, file=shown, value=problem.value, rule=problem.rule, remedy=problem.remedy)
        )
    cls = parameters_of(run.source, workspace.relative(run.source))
    absent = [replace(problem, file=shown) for problem in missing_names(cls, run.parameters)]
    if absent:
        raise ParameterError(absent)
    check_parameters(cls, run.parameters, workspace, shown)
    return run


def _selected(item: str, workspace: Workspace) -> list[Path]:
    """The parameter files that one selection means."""
    everything = list(_below(workspace.parameters))
    if not item:
        if not everything:
            raise ParameterError(
                Problem(
                    "没有参数文件", file="parameters", remedy="写一个 parameters/project_report/名称.yaml"
                )
            )
        return everything
    named = [file for file in everything if item in (file.stem, f"{file.parent.name}/{file.stem}")]
    if named:
        return named
    for path in (workspace.parameters / item, workspace.root / item, Path(item)):
        if path.is_file():
            return [path.resolve()]
        if path.is_dir():
            files = list(_below(path.resolve()))
            if files:
                return files
            raise ParameterError(
                Problem("文件夹里没有参数文件", file=item, rule="参数文件以 .yaml 结尾", remedy="检查路径")
            )
    names = tuple(dict.fromkeys(name for file in everything for name in (file.stem, file.parent.name)))
    raise ParameterError(unknown("没有这个参数文件、文件夹或运行名", item, names))


def _below(folder: Path) -> Iterator[Path]:
    """The parameter files of a notebook's folder, or of all notebooks' folders below."""
    for path in sorted((*folder.glob("*.y*ml"), *folder.glob("*/*.y*ml"))):
        hidden = path.name.startswith(".") or path.parent.name.startswith(".")
        if path.suffix in (".yaml", ".yml") and path.parent.name != _NOT_A_NOTEBOOK and not hidden:
            yield path
