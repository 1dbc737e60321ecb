"""The index of all runs: every report with what it found, by project and by district, as a page like the reports."""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from pydantic_core import from_json

from wenxiao import __version__
from wenxiao.display import stylesheet
from wenxiao.display.rendering import GRADE_CLASSES
from wenxiao.reports.conversion import TEMPLATES
from wenxiao.reports.page import Heading
from wenxiao.reports.records import SCHEMA_VERSION

_KINDS = {
    "project_report": "项目报告",
    "district_ranking": "县区排名",
    "district_report": "县区报告",
    "portfolio": "汇总报告",
}
_SEVERITIES = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the index: whom it is about, what it says, how many findings of each severity, when, from what."""

    notebook: str
    run: str
    href: str
    project: str
    title: str
    place: str
    year: str
    district: str
    score: str
    missing_score: bool
    grade: str
    execution: str
    basis: str
    missing_execution: bool
    findings: tuple[int, int, int]
    finished: str
    inputs: tuple[str, ...]
    order: int = 0
    rank: Fraction | None = None
    rank_text: str = ""

    @property
    def kind(self) -> str:
        """The kind of report, as a link names it."""
        return self.district or _KINDS.get(self.notebook, self.notebook)

    @property
    def name(self) -> str:
        """The kind of report and the run, for a report that is the only link of its line."""
        return f"{_KINDS.get(self.notebook, self.notebook)} · {self.run}"


@dataclass(frozen=True, slots=True)
class Failed:
    """A run whose last attempt failed: why, and the notebook that shows where."""

    notebook: str
    run: str
    href: str
    cause: str

    @property
    def name(self) -> str:
        """The kind of report and the run."""
        return f"{_KINDS.get(self.notebook, self.notebook)} · {self.run}"


@dataclass(slots=True)
class Group:
    """The reports on one project: those on the whole, those on its districts in administrative order."""

    project: str
    title: str
    line: str
    whole: list[Entry] = field(default_factory=list)
    districts: list[Entry] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        """Whether two reports on the whole are of one kind, so that only the run tells them apart."""
        return len({entry.notebook for entry in self.whole}) < len(self.whole)

    @property
    def inputs(self) -> list[str]:
        """The files the reports were made from."""
        return list(dict.fromkeys(file for entry in (*self.whole, *self.districts) for file in entry.inputs))

    @property
    def ranked(self) -> list[Entry]:
        """The districts that have a rank, by it."""
        placed = [entry for entry in self.districts if entry.rank is not None]
        return sorted(placed, key=lambda entry: (entry.rank or 0, entry.order))


def write_index(outputs: Path) -> Path:
    """The path of `index.html` in a folder of outputs, written anew from the results found there, whole or not at all."""
    outputs.mkdir(parents=True, exist_ok=True)
    entries, failed = _found(outputs)
    groups = _grouped(entry for entry in entries if entry.project)
    several = sorted((entry for entry in entries if not entry.project), key=lambda e: (e.notebook, e.run))
    page = _template().render(
        groups=groups,
        several=several,
        headings=list(_headings(groups, several, failed)),
        grade_classes=GRADE_CLASSES,
        failed=failed,
        count=len(entries),
        stylesheet=Markup(stylesheet()),
        version=__version__,
    )
    return _written(page, outputs / "index.html")


def _headings(groups: list[Group], several: list[Entry], failed: list[Failed]) -> Iterator[Heading]:
    if failed:
        yield Heading(2, "failed", "未完成的运行")
    if several:
        yield Heading(2, "several", "多个项目")
    for number, group in enumerate(groups, 1):
        yield Heading(2, f"project-{number}", group.title)


def _found(outputs: Path) -> tuple[list[Entry], list[Failed]]:
    entries: list[Entry] = []
    failed = [_failed(path) for path in sorted(outputs.glob("*/[!.]*.failed.ipynb"))]
    for path in sorted(outputs.glob("*/[!.]*/results.json")):
        try:
            results = from_json(path.read_bytes())
            if results["schema_version"] != SCHEMA_VERSION:
                raise ValueError
            entries.append(_entry(path.parent, results))
        except (OSError, ValueError, KeyError, TypeError):
            cause = "结果文件无法识别或版本不同，请重新运行"
            failed.append(Failed(path.parent.parent.name, path.parent.name, _href(path), cause))
    return entries, failed


def _entry(folder: Path, results: Mapping[str, Any]) -> Entry:
    subject = results["subject"] or {}
    verdict = results["verdict"] or {"score": _NOTHING, "execution_rate": _NOTHING, "grade": None}
    findings = [each for part in (results, *results["members"]) for each in part["findings"]]
    counts = [sum(each["severity"] == severity for each in findings) for severity in _SEVERITIES]
    district = subject.get("district", "")
    rank, rank_text = _placed(results, district)
    return Entry(
        notebook=folder.parent.name,
        run=folder.name,
        href=_href(folder / "report.html"),
        project=subject.get("project", ""),
        title=subject.get("title", ""),
        place=subject.get("place", ""),
        year=subject.get("year", ""),
        district=district,
        score=verdict["score"]["text"],
        missing_score=verdict["score"]["value"] is None,
        grade=verdict["grade"] or "",
        execution=verdict["execution_rate"]["text"],
        basis=_basis(verdict),
        missing_execution=verdict["execution_rate"]["value"] is None,
        findings=(counts[0], counts[1], counts[2]),
        finished=_finished(folder / "manifest.json"),
        inputs=tuple(dict.fromkeys(each["file"] for each in results["run"]["inputs"])),
        order=subject["districts"].index(district) if district else 0,
        rank=rank,
        rank_text=rank_text,
    )


_NOTHING = {"text": "", "value": None}


def _placed(results: Mapping[str, Any], district: str) -> tuple[Fraction | None, str]:
    """A district's rank and the rank as people read it."""
    places = results["ranking"]["places"] if results["ranking"] and district else ()
    for place in places:
        if place["district"] == district and place["rank"] is not None:
            return Fraction(place["rank"]), place["rank"] + ("（并列）" if place["tied"] else "")
    return None, ""


def _basis(verdict: Mapping[str, Any]) -> str:
    """The denominator of the rate; before it the rate's own name where it is another one."""
    label, basis = verdict.get("execution_label", ""), verdict.get("execution_basis", "")
    return basis if label == "预算执行率" else f"{label} {basis}".strip()


def _finished(manifest: Path) -> str:
    """When a run finished, by the clock of this place; empty where no manifest says."""
    try:
        finished = datetime.fromisoformat(json.loads(manifest.read_bytes())["finished"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return finished.astimezone().strftime("%Y-%m-%d %H:%M")


def _failed(path: Path) -> Failed:
    run = path.name.removesuffix(".failed.ipynb")
    return Failed(path.parent.name, run, _href(path), _cause(path))


def _cause(path: Path) -> str:
    """What the failed notebook's error says first."""
    try:
        cells = from_json(path.read_bytes())["cells"]
        errors = (o for c in cells for o in c.get("outputs", ()) if o["output_type"] == "error")
        return str(next(errors)["evalue"]).splitlines()[0]
    except (OSError, ValueError, KeyError, TypeError, StopIteration, IndexError):
        return "运行中断"


def _href(path: Path) -> str:
    """The address of a file two folders below the index, or one."""
    depth = 3 if path.name in ("report.html", "results.json") else 2
    return quote("/".join(path.parts[-depth:]))


def _grouped(entries: Iterable[Entry]) -> list[Group]:
    by_project: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_project[entry.project].append(entry)
    return [_group(project, by_project[project]) for project in sorted(by_project)]


def _group(project: str, entries: list[Entry]) -> Group:
    first = entries[0]
    year = f"{first.year} 年度" if first.year else ""
    group = Group(project, first.title, " · ".join(part for part in (first.place, year, project) if part))
    kinds = list(_KINDS)
    for entry in sorted(
        entries, key=lambda e: (kinds.index(e.notebook) if e.notebook in kinds else 9, e.order, e.run)
    ):
        (group.districts if entry.district else group.whole).append(entry)
    return group


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / "index", TEMPLATES / "wenxiao"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The filter of nbconvert that the shared parts use.
    environment.filters["escape_html_keep_quotes"] = escape
    return environment.get_template("runs.html.j2")


def _written(text: str, path: Path) -> Path:
    """The path, once the file there is whole."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".index.", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.close()
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
