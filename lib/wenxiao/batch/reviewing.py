"""Reviewing: the working papers for the forms of a folder, or, once they are filled in, the summary and the reports of the units."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

import docx
from upath import UPath

from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.audit import review_notes
from wenxiao.evaluation.review.lines import is_reviewed, title_of, unit_of
from wenxiao.evaluation.review.summary import report_findings, summary_findings
from wenxiao.evaluation.scoring.rows import is_review
from wenxiao.fields import standard_registry
from wenxiao.model import Finding, by_severity
from wenxiao.model.errors import OutputError, Problem, ProjectError, SheetError
from wenxiao.project import Profile, Project, load_profile, load_project
from wenxiao.project.made_files import RECORD, refuse_links, refuse_strangers, remove_files
from wenxiao.project.member_name import member_name
from wenxiao.project.place import write_whole
from wenxiao.project.project_folder import READ_BESIDE, SUFFIXES
from wenxiao.reports.hand_over.document.review_report import review_report
from wenxiao.reports.review_sheet import review_workbook
from wenxiao.season.folder import files_below
from wenxiao.sheets import read_workbook

SHEETS = "自评复核表.xlsx"
"""The working papers to fill in, beside the forms they are about."""
SUMMARY = "复核汇总表.xlsx"
RESULTS = "复核"
"""The folder below that of the forms for what is made of them, where it lies outside a workspace."""
_MAKER = "review"
_OF_REVIEW = {
    "review-without-reason", "review-self-score-differs", "score-above-weight", "sheet-not-a-number",
    *(code for check in review_notes.CHECKS for code in check.codes),
}  # fmt: skip


@dataclass(frozen=True)
class Reviewed:
    """What was made: where, which files, and what a person has to look at.

    `sheets` are working papers made for forms that had none; `findings` are those on the review itself, by project ('' for
    the folder); `waiting` are projects not yet reviewed, `unnamed` those whose forms name no unit, and which are in no report.
    """

    folder: Path
    files: tuple[str, ...]
    projects: int
    sheets: tuple[Path, ...] = ()
    findings: tuple[tuple[str, Finding], ...] = ()
    waiting: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


def rules_of(name: str, folder: Path | None) -> Profile:
    """The profile of a review: one without rules of its own takes those that ship as `review`."""
    profile = load_profile(name, folder)
    return profile if profile.review else profile.model_copy(update={"review": load_profile("review").review})


def folders_of(folder: Path) -> dict[Path, Project]:
    """The folder and those below it that hold files which may be forms (one a unit, as they are handed in), each as a project.

    Raises ProjectError with all that cannot be read.
    """
    names = [PurePosixPath(name) for name in files_below(folder)]
    found = [
        n.parent for n in names if n.suffix.lower() in (*SUFFIXES, *READ_BESIDE) and RESULTS not in n.parts
    ]
    return {folder / parent: load_project(folder / parent) for parent in dict.fromkeys(found)}


def review(folder: Path, profile: Profile, outputs: UPath) -> Reviewed:
    """The review of the forms in a folder and below it, one step further.

    Forms without working papers get them in their folder, in a workbook of their own; of those that are filled in, the
    summary and a report for each unit are made in `outputs`. A file that a person changed, or made, is never replaced. Raises
    WenxiaoError.
    """
    projects = folders_of(folder)
    forms = {
        place: [
            found
            for each in project.projects or (project,)
            if (found := evaluate(each, profile)).scorecard is not None
        ]
        for place, project in projects.items()
    }
    every = [each for found in forms.values() for each in found]
    if not every:
        raise ProjectError(
            Problem("没有可以复核的自评表", file=str(folder), remedy="放入各单位的自评表或复核表")
        )
    reviewed = [each for each in every if is_reviewed(each)]
    files: dict[str, bytes] = {}
    if reviewed:
        files[SUMMARY] = review_workbook(reviewed, profile.review)
    for unit in dict.fromkeys(unit for each in reviewed if (unit := unit_of(each))):
        name = f"{member_name(unit.replace('/', '_'))}自评复核报告"
        again = sum(other.startswith(name) for other in files)
        files[f"{name}{again + 1 if again else ''}.docx"] = review_report(unit, every)
    if files:
        _publish(files, outputs)
    lacking = {place: [each for each in found if not _has_papers(each)] for place, found in forms.items()}
    return Reviewed(
        Path(str(outputs)),
        tuple(files),
        len(reviewed),
        tuple(_keep(p, review_workbook(some, profile.review)) for p, some in lacking.items() if some),
        (*_in_sheets(reviewed), *_beside(projects, forms)),
        tuple(title_of(each) for each in every if each not in reviewed),
        tuple(title_of(each) for each in reviewed if not unit_of(each)),
    )


def _has_papers(evaluation: Evaluation) -> bool:
    return any(map(is_review, evaluation.project.of_kind("scorecard")))


def _in_sheets(reviewed: Sequence[Evaluation]) -> Iterator[tuple[str, Finding]]:
    """What reviewers wrote otherwise than they did, sheet by sheet."""
    for each in reviewed:
        yield from ((title_of(each), f) for f in each.open_findings if f.code in _OF_REVIEW)


def _beside(
    projects: Mapping[Path, Project], forms: Mapping[Path, Sequence[Evaluation]]
) -> Iterator[tuple[str, Finding]]:
    """What summaries and reports in a folder say otherwise than the working papers in it and below it."""
    for place, project in projects.items():
        papers = [e for p, found in forms.items() if p.is_relative_to(place) for e in found if _has_papers(e)]
        found = list(summary_findings(project.tables, papers))
        for path in sorted(place.glob("*.docx")):
            try:
                reading = read_workbook(path, standard_registry(), name=path.name)
            except SheetError:
                continue  # loading the project named it
            paragraphs = [each.text for each in docx.Document(str(path)).paragraphs]
            if any(table.form is not None for table in reading.tables) or "复核" not in "".join(paragraphs):
                continue
            found += summary_findings(reading.tables, papers)
            found += report_findings(paragraphs, papers, path.name)
        yield from (("", finding) for finding in by_severity(found))


def _keep(folder: Path, content: bytes) -> Path:
    """Writes working papers to fill in, beside those that are there already."""
    names = chain((SHEETS,), (SHEETS.replace(".", f"{number}.") for number in count(2)))
    path = next(path for name in names if not (path := folder / name).exists())
    try:
        write_whole(UPath(path), content)
    except OSError as error:
        raise OutputError(Problem(f"文件写不进去：{error.strerror}", file=str(path))) from error
    return path


def _publish(files: Mapping[str, bytes], outputs: UPath) -> None:
    """Writes the files, all once every one of them is on the disk; removes those of an earlier call that nobody changed since."""
    refuse_links(outputs)
    folder = Path(str(outputs))
    record = folder / RECORD
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = dict(json.loads(record.read_bytes())["files"]) if record.exists() else {}
        there = {path.name: _digest(path.read_bytes()) for path in folder.iterdir() if path.is_file()}
        new = {name: _digest(content) for name, content in files.items()}
        changed = [n for n, digest in new.items() if n in there and there[n] not in (made.get(n), digest)]
        refuse_strangers(changed, outputs)
        with tempfile.TemporaryDirectory(prefix=".wenxiao-", dir=folder) as staged:
            for name, content in files.items():
                (Path(staged) / name).write_bytes(content)
            for name in files:
                (Path(staged) / name).replace(folder / name)
        remove_files(folder, [n for n, digest in made.items() if there.get(n) == digest and n not in files])
        said = json.dumps({"maker": _MAKER, "files": new}, ensure_ascii=False, indent=0)
        write_whole(UPath(record), said.encode())
    except OSError as error:
        raise OutputError(Problem(f"文件写不进去：{error.strerror}", file=str(folder))) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
