"""The plan: which runs there are, each checked before any of them starts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from wenxiao.batch.notebook.secrets import secret_problems
from wenxiao.batch.run import Run, is_safe, name_key
from wenxiao.model.errors import ParameterError, Problem, ProjectError
from wenxiao.project.made_files import refuse_links, refuse_unwritable
from wenxiao.project.named_things import unknown
from wenxiao.project.overview import districts_of
from wenxiao.project.parameters import NotebookParameters, check_parameters, missing_names
from wenxiao.project.parameters_cell import parameters_of, read_parameters
from wenxiao.project.place import address, place_of
from wenxiao.project.workspace import Workspace

_NOT_A_NOTEBOOK = "profiles"
_DISTRICT = "district"


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
    notebook, or the path of a parameter file or folder. With `each_district` a file whose notebook has the parameter
    `district`, and which does not give it, stands for a run for each district of its project, `<run>--<district>`; a
    district with a selected file of that name keeps its own. `shard` (i, n) is the i-th of n parts: equal to one run,
    without common runs, together everything, the same on every machine that plans the same files.

    Raises ParameterError with all that is wrong in all files: nothing may run before that is put right. ProjectError for
    an address of outputs that cannot be used, OutputError where they lie behind a link.
    """
    place = address(place_of(outputs or workspace.outputs_address))
    problems = list(_of_surroundings())
    files: list[Path] = []
    everything = list(_below(workspace.parameters))
    for item in selection or ("",):
        try:
            files += _selected(item, workspace, everything)
        except ParameterError as error:
            problems += error.problems
    files = list(dict.fromkeys(files))
    own = {_slot(file.parent.name, file.stem) for file in files}
    runs: list[Run] = []
    taken: dict[tuple[str, str], Path] = {}
    for file in files:
        try:
            found = _runs(file, workspace, place, each_district=each_district)
        except ParameterError as error:
            problems += error.problems
            continue
        for run in found:
            slot = _slot(run.notebook, run.name)
            if run.name != file.stem and slot in own:
                continue
            twin = taken.setdefault(slot, file)
            if twin == file:
                runs.append(run)
                continue
            problems.append(
                Problem(
                    f"与 {workspace.relative(twin)} 同名，结果会互相覆盖",
                    file=workspace.relative(file),
                    remedy="给其中一个参数文件改名",
                )
            )
    if problems:
        raise ParameterError(problems)
    refuse_unwritable(place_of(place))
    for run in runs:
        refuse_links(place_of(place), run.notebook, run.name)
    return _part(runs, shard)


def _slot(notebook: str, name: str) -> tuple[str, str]:
    """What two runs must not share: a folder, on a system that ignores case too."""
    return notebook, name_key(name)


def _part(runs: Sequence[Run], shard: tuple[int, int] | None) -> tuple[Run, ...]:
    """The runs of a shard, in their order.

    They are dealt out by the hash of their names: neighbours, which may be alike in size, go to different shards, and the
    order of the selection does not matter.
    """
    if shard is None:
        return tuple(runs)
    part, parts = shard
    if not 1 <= part <= parts:
        raise ParameterError(
            Problem(
                "没有这一份", value=f"{part}/{parts}", rule="写第几份/共几份，如 1/4", remedy="改正 --shard"
            )
        )
    dealt = sorted(runs, key=lambda run: sha256(run.key.encode()).digest())[part - 1 :: parts]
    chosen = {run.key for run in dealt}
    return tuple(run for run in runs if run.key in chosen)


def _runs(file: Path, workspace: Workspace, outputs: str, *, each_district: bool) -> list[Run]:
    """The checked runs of one parameter file: one, or one a district."""
    shown = workspace.relative(file)
    run = Run(
        file.parent.name, file.stem, read_parameters(file, shown), workspace.root, outputs, workspace.origin
    )
    _check_name(run.name, shown)
    if not run.source.is_file():
        known = tuple(sorted(path.stem for path in workspace.notebooks.glob("*.ipynb")))
        raise ParameterError(
            replace(unknown("参数文件所在的文件夹名不是笔记本", run.notebook, known), file=shown)
        )
    if run.parameters:
        _check_language(run.source, workspace.relative(run.source))
    cls = parameters_of(run.source, workspace.relative(run.source))
    expands = each_district and _DISTRICT in cls.model_fields and _DISTRICT not in run.parameters
    districts = _districts(run, cls, workspace, shown) if expands else ()
    runs = [
        replace(run, name=f"{run.name}--{each}", parameters={**run.parameters, _DISTRICT: each})
        for each in districts
    ] or [run]
    absent = [replace(problem, file=shown) for problem in missing_names(cls, runs[0].parameters)]
    if absent:
        raise ParameterError(absent)
    check_parameters(
        cls, runs[0].parameters, workspace, shown
    )  # the others differ in the district, which is there
    unset = tuple(secret_problems(run.parameters, shown))
    if unset:
        raise ParameterError(unset)
    for each in runs[1:]:
        _check_name(each.name, shown)
    return runs


@lru_cache(maxsize=64)
def _language(source: Path, changed: int) -> str | None:  # noqa: ARG001 - what a change is told by
    """The language that a notebook says it is in; None where it cannot be read, of which others speak."""
    try:
        metadata = json.loads(source.read_bytes())["metadata"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    found = (
        metadata.get(part, {}).get(key)
        for part, key in (("language_info", "name"), ("kernelspec", "language"))
    )
    return str(next(filter(None, found), ""))


def _check_language(source: Path, shown: str) -> None:
    if _language(source, source.stat().st_mtime_ns) == "":
        raise ParameterError(
            Problem(
                "笔记本没有写明语言，参数传不进去",
                file=shown,
                rule="metadata 里有 kernelspec 或 language_info",
                remedy="用 JupyterLab 打开，选 Python 3 内核，保存一次",
            )
        )


def _of_surroundings() -> Iterator[Problem]:
    """What in the environment no report could be made with."""
    named = os.environ.get("MPLBACKEND", "")
    if not named or named.casefold() == "agg":
        return
    del os.environ["MPLBACKEND"]  # matplotlib does not even load with a name that it does not know
    try:
        registry: Any = import_module("matplotlib.backends").backend_registry  # slow, and hardly ever needed
        known = registry.is_valid_backend(named)
    finally:
        os.environ["MPLBACKEND"] = named
    if not known:
        yield Problem(
            "环境变量 MPLBACKEND 不是 matplotlib 的后端", value=named, remedy="删去这个环境变量，再运行"
        )


def _districts(run: Run, cls: type[NotebookParameters], workspace: Workspace, shown: str) -> tuple[str, ...]:
    """The districts of the run's project, of which there is at least one."""
    field = cls.model_fields.get("project")
    project = run.parameters.get("project", field.default if field else None)
    try:
        folder = workspace.resolve(str(project))
        if not (isinstance(project, str) and project and folder.is_dir()):
            problem = unknown("project 所指的项目文件夹不存在", str(project or ""), workspace.projects)
            raise ParameterError(replace(problem, file=shown))
        districts = districts_of(folder)
    except ProjectError as error:
        raise ParameterError(error.problems) from None
    if not districts:
        raise ParameterError(
            Problem(
                f"{project} 没有分县区的表，不能每个县区出一份",
                file=shown,
                remedy="补上分县区的表，或在参数文件中写明 district",
            )
        )
    return districts


def _check_name(name: str, shown: str) -> None:
    if not is_safe(name):
        raise ParameterError(
            Problem(
                "参数文件名不能用作文件夹名",
                file=shown,
                value=name,
                rule='不含 / \\ : * ? " < > |，首尾不是点或空格，不是 CON 之类的保留名；UTF-8 编码不超过 200 字节（约 66 个汉字）',
                remedy="给参数文件改名",
            )
        )


def _selected(item: str, workspace: Workspace, everything: list[Path]) -> list[Path]:
    """The parameter files that one selection means, of all that there are."""
    if not item:
        if not everything:
            raise ParameterError(
                Problem(
                    "没有参数文件", file="parameters", remedy="写一个 parameters/project_report/名称.yaml"
                )
            )
        return everything
    if Path(item).is_absolute() and Path(item).is_file():
        return [Path(item).resolve()]
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
