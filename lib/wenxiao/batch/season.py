"""A season from its folder to its runs and its files: forms taken into the workspace, parameter files, lists and notices."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import yaml
from upath import UPath

from wenxiao.batch.run import is_safe
from wenxiao.model.errors import OutputError, ParameterError, Problem
from wenxiao.model.yaml_text import load_yaml
from wenxiao.project import Workspace, load_profile
from wenxiao.project.contents import contents, digest, digest_of, program_digest, recall, remember
from wenxiao.project.made_files import RECORD, names_in, recording, refuse_links, remove_files
from wenxiao.project.member_name import member_name
from wenxiao.project.place import write_whole
from wenxiao.season import (
    FilledForm,
    Season,
    SeasonEvaluation,
    evaluation_of,
    files_below,
    is_known,
    read_file,
)
from wenxiao.season.form import unit_key

MAKER = "wenxiao season"
_HEAD = "# wenxiao season 写成；改动后再次运行 wenxiao season 时会重写\n"
_REVIEW = "review"
"""The rules by which reviewers take points off."""
_FORMS, _SEASON = "self_evaluation", "season"
_KEYS = ".keys.json"
REPLACED = ".replaced"
"""The hidden folder below a season's data that holds former versions of copied files."""


@dataclass(frozen=True)
class Taken:
    """The folder of a season in the workspace; how many files were copied into it, how many former ones are kept aside."""

    folder: Path
    copied: int = 0
    replaced: int = 0


def taken_in(workspace: Workspace, folder: Path, name: str = "") -> Taken:
    """The folder of a season within the workspace's data: itself where it lies there, else a copy under its name.

    A copy follows its folder: a file that changed there replaces the copy, whose former content is kept in `.replaced`; a
    file that is gone there leaves the season the same way. What others put beside the copies stays. Raises ParameterError
    for a folder that is not there or cannot be called so.
    """
    source = folder.resolve()
    if not source.is_dir():
        raise ParameterError(Problem("没有这个文件夹", file=str(folder), remedy="检查路径"))
    if source == workspace.data or source in workspace.data.parents:
        raise ParameterError(
            Problem("这个文件夹里有工作区的 data", file=str(folder), remedy="写明放自评表的文件夹")
        )
    if workspace.data in source.parents:
        return Taken(source)
    called = name or source.name
    if not is_safe(called):
        raise ParameterError(Problem("文件夹名不能用", value=called, remedy="用 --name 另起一个名称"))
    target = workspace.data / called
    now = contents(source)
    if target.exists() and not (target / RECORD).is_file():
        raise ParameterError(
            Problem(
                "data 中已有同名的文件夹，不是从这里复制的",
                value=called,
                remedy=f"用 --name 另起一个名称，或运行 wenxiao season data/{called}",
            )
        )
    there = contents(target) if target.is_dir() else {}
    gone = names_in(_bytes(target / RECORD)) - now.keys()
    changed = [file for file in now if there.get(file) != now[file]]
    aside = [file for file in (*changed, *gone) if file in there]
    if not target.exists():
        with recording(target, MAKER):  # first of all: a copy that is cut off is known as one
            pass
    with recording(target, MAKER):
        for file in aside:
            kept = target / REPLACED / there[file][:8] / file
            kept.parent.mkdir(parents=True, exist_ok=True)
            (target / file).replace(kept)
        for file in changed:
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            write_whole(UPath(target / file), (source / file).read_bytes())
    return Taken(target, len(changed), len(aside))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def not_known(folder: Path, profile: str, profiles: Path) -> int:
    """How many files of a season have to be read."""
    return sum(not is_known(folder, name, profile, profiles) for name in files_below(folder))


def read_forms(folder: Path, profile: str, profiles: Path, jobs: int) -> None:
    """Reads every file of a season, several at a time, so that the season finds each one known."""
    read = partial(read_file, folder, profile=profile, profiles=profiles)
    names = [name for name in files_below(folder) if not is_known(folder, name, profile, profiles)]
    if jobs == 1 or len(names) < 8 or os.name != "posix":
        for name in names:
            read(name)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        for _ in pool.map(read, names, chunksize=4):
            pass


def parameter_files(
    workspace: Workspace, season: Season, folder: Path, season_values: dict[str, object]
) -> tuple[Path, ...]:
    """Writes the parameter files of a season: one a form, one of the whole; gives them, the whole last.

    Those that an earlier call wrote for forms that are gone are removed. Raises OutputError where a person's own file has
    the name of one.
    """
    place = workspace.relative(folder)
    profile = season_values.get("profile", "")
    wanted: dict[Path, str] = {
        workspace.parameters / _FORMS / f"{run}.yaml": _yaml({"form": f"{place}/{path}", "profile": profile})
        for path, run in season.runs.items()
    }
    whole = workspace.parameters / _SEASON / f"{season.name}.yaml"
    wanted[whole] = _yaml({"forms": place, **season_values})
    own = [path for path in wanted if path.is_file() and not path.read_text("utf-8").startswith(_HEAD)]
    if own:
        raise OutputError(
            Problem(
                "已有不是 wenxiao season 写的参数文件，没有覆盖",
                file=workspace.relative(path),
                remedy="改名或移走后再运行",
            )
            for path in own
        )
    if whole.is_file():
        other = load_yaml(whole.read_text("utf-8"), ParameterError, whole.name).get("forms")
        if other != place:
            raise ParameterError(
                Problem(
                    "另一个文件夹的汇总已用这个名称，结果会互相覆盖",
                    value=f"{season.name}（{other}）",
                    remedy="给其中一个文件夹改名",
                )
            )
    for path, text in wanted.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(UPath(path), text.encode())
    for path in (workspace.parameters / _FORMS).glob("*.yaml"):
        text = path.read_text("utf-8")
        if path not in wanted and text.startswith(_HEAD):
            said = load_yaml(text, ParameterError, path.name)
            if str(said.get("form", "")).startswith(f"{place}/"):
                path.unlink()
    return tuple(wanted)


def _yaml(values: dict[str, object]) -> str:
    """The text of a parameter file; what is empty is left to its default."""
    given = {key: value for key, value in values.items() if value}
    return _HEAD + str(yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=1000))


@dataclass(frozen=True)
class Source:
    """Where the forms of a season lie, and by which rules they are evaluated."""

    folder: Path
    profile: str = ""
    profiles: Path | None = None


@dataclass(frozen=True)
class HandOut:
    """The files of a season: their folder, their names, and where files lie that a person had changed and that were due anew."""

    folder: Path
    files: tuple[str, ...]
    kept: tuple[Path, ...] = ()


def hand_out(evaluation: SeasonEvaluation, outputs: Path, source: Source) -> HandOut:
    """The list of results as Excel and Word, a notice to each unit and the working papers of the sample, written where they changed.

    A file that a person changed (a notice with its date, working papers filled in) is never replaced or removed: where it is
    due anew it is kept beside the new one under another name. A notice to a unit that has nothing more to correct goes.
    """
    refuse_links(UPath(outputs), "deliver", evaluation.season.name)
    folder = outputs / "deliver" / evaluation.season.name
    known = {name: each for name, each in recall(folder / _KEYS).items() if isinstance(each, dict)}
    wanted = dict(_files(evaluation, source))
    kept: list[Path] = []
    for name, (key, made) in wanted.items():
        path, before = folder / name, known.get(name, {})
        if path.is_file() and before.get("key") == key:
            continue
        if path.exists() and digest(path) != before.get("sha256"):
            kept.append(_set_aside(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        content = made()
        write_whole(UPath(path), content)
        known[name] = {"key": key, "sha256": hashlib.sha256(content).hexdigest()}
    for name in known.keys() - wanted.keys():
        if (folder / name).is_file() and digest(folder / name) == known[name].get("sha256"):
            remove_files(folder, [name])
    remember(folder / _KEYS, {name: known[name] for name in wanted})
    return HandOut(folder, tuple(wanted), tuple(kept))


def _set_aside(path: Path) -> Path:
    """Where a file lies now that was in the way of a new one: beside it, under a name that no other has."""
    names = (path.with_name(f"{path.stem}（改过的 {number}）{path.suffix}") for number in count(1))
    return path.rename(next(each for each in names if not each.exists()))


def _files(
    evaluation: SeasonEvaluation, source: Source
) -> Iterator[tuple[str, tuple[str, Callable[[], bytes]]]]:
    """Each file by its name: a key of what it says, and what makes it."""
    season, taken = evaluation.season, set[str]()
    whole = _key(
        evaluation,
        (*season.forms, *season.listed, *season.unread, evaluation.sample.drawn, evaluation.rounds),
    )
    yield "绩效自评结果汇总表.xlsx", (whole, partial(_workbook, evaluation))
    yield "绩效自评结果汇总表.docx", (whole, partial(_list, evaluation))
    drawn = [each.form for each in evaluation.sample.drawn]
    if drawn:
        yield "抽查复核表.xlsx", (_key(evaluation, drawn), partial(_papers, drawn, source))
    for unit in season.to_notify:
        own = season.of_unit(unit)
        said = [(form, season.copied.get(form.path)) for form in own]
        rounds = [evaluation.rounds.of(form) for form in own] if evaluation.rounds else []
        missing = [line for line in season.coverage.missing if unit_key(line.unit) == unit_key(unit)]
        name = member_name(f"绩效自评整改通知/{unit.replace('/', '／')}.docx", taken)
        taken.add(name.lower())
        every = (*said, *rounds, *missing, *season.beside_others(unit))
        yield name, (_key(evaluation, every), partial(_notice, evaluation, unit))


def _workbook(evaluation: SeasonEvaluation) -> bytes:
    from wenxiao.reports.season_workbook import season_book  # noqa: PLC0415 - with what writes workbooks, only where one is due

    return season_book(evaluation).content


def _list(evaluation: SeasonEvaluation) -> bytes:
    from wenxiao.reports.hand_over.document.notice import summary  # noqa: PLC0415 - as above

    return summary(evaluation)


def _papers(drawn: Sequence[FilledForm], source: Source) -> bytes:
    from wenxiao.reports.review_sheet import review_workbook  # noqa: PLC0415 - as above

    forms = [evaluation_of(source.folder, form, source.profile, source.profiles) for form in drawn]
    return review_workbook(forms, load_profile(_REVIEW, source.profiles).review)


def _notice(evaluation: SeasonEvaluation, unit: str) -> bytes:
    from wenxiao.reports.hand_over.document.notice import notice  # noqa: PLC0415 - as above

    return notice(evaluation, unit)


def _key(evaluation: SeasonEvaluation, said: Iterable[object]) -> str:
    """What a file says as a hash: values, the name of the season, the program."""
    program = program_digest("season", "display", "reports", "evaluation", "sheets")
    told = {str(number): repr(each) for number, each in enumerate(said)}
    return digest_of({**told, "season": evaluation.season.name, "program": program})
