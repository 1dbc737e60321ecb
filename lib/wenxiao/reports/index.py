"""The index of all runs: every report with what it says, by project and by district, as a page like the reports."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from upath import UPath

from wenxiao import __version__
from wenxiao.display import stylesheet
from wenxiao.display.rendering import GRADE_CLASSES
from wenxiao.model.written_text import shown_on_page
from wenxiao.project.made_files import refuse_links, refuse_strangers
from wenxiao.project.place import place_of, write_whole
from wenxiao.reports import TEMPLATES
from wenxiao.reports.listing import Entry, listing

_KINDS = {
    "project_report": "项目报告",
    "district_ranking": "{}排名",
    "district_report": "{}报告",
    "portfolio": "汇总报告",
    "monitoring": "运行监控",
    "season": "单位自评汇总",
    "self_evaluation": "自评核对",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a table: the entry, what its link is called, what is to be said of it in small type."""

    entry: Entry
    name: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The reports on one project: those on the whole, those on its districts in administrative order and by rank."""

    number: int
    project: str
    title: str
    where: str
    word: str
    whole: tuple[Item, ...]
    districts: tuple[Item, ...]
    inputs: tuple[str, ...]

    @property
    def label(self) -> str:
        """What tells its tables from those of a project of the same title, to whoever hears the page."""
        return f"{self.number}. {self.title}"

    @property
    def first(self) -> Entry:
        """The report that stands for the project in the overview: the usual edition of that on the whole, where there is one."""
        found = self.whole or self.districts
        return min(found, key=lambda item: bool(item.entry.edition)).entry

    @property
    def has_ranks(self) -> bool:
        """Whether any district has a rank."""
        return any(item.entry.rank is not None for item in self.districts)

    @property
    def runs(self) -> tuple[str, ...]:
        """The runs by their folders, for whoever starts one again."""
        return tuple(f"{item.entry.notebook}/{item.entry.run}" for item in (*self.whole, *self.districts))


@dataclass(slots=True)
class Place:
    """The reports on one district of several projects."""

    district: str
    place: str
    items: list[Item] = field(default_factory=list)


def write_index(outputs: str | os.PathLike[str], parameters: Path | None = None) -> UPath:
    """The place of `index.html` in a folder of outputs, written anew from the runs found there, whole or not at all.

    `outputs` is a folder or an address; OutputError where another page lies in that place. Given the folder of `parameters`, a run whose parameter file is gone is listed
    apart: nobody keeps it up to date any more.
    """
    place = place_of(outputs)
    place.mkdir(parents=True, exist_ok=True)
    refuse_links(place)
    there = place / "index.html"
    if there.exists() and not is_index(there.read_bytes()):
        refuse_strangers((there.name,), place)
    page = index_page(place, parameters)
    write_whole(there, page.encode())
    return there


def is_index(content: bytes) -> bool:
    """Whether a page is one that the program wrote, of any version: it has the program's stylesheet, or is no page at all."""
    return b".wx-table" in content or not content.strip()


def index_page(outputs: UPath, parameters: Path | None = None) -> str:
    """The index of the runs in a folder of outputs, as HTML."""
    found = listing(outputs)
    planned = _planned(parameters)
    alive: list[Entry] = []
    left: list[Entry] = []
    for entry in found.entries:
        (alive if planned is None or _lives(entry, planned) else left).append(entry)
    in_seasons = _in_seasons(alive)
    groups = tuple(_groups(entry for entry in alive if entry.project and entry.run not in in_seasons))
    several = [Item(e, f"{_kind(e)} · {e.run}", _remarks(e)) for e in alive if not e.project]
    places = _places(groups)
    page = template("runs.html.j2").render(
        groups=groups,
        several=several,
        places=places,
        names=_names(groups),
        left=[Item(entry, f"{_kind(entry)} · {entry.run}", _remarks(entry)) for entry in left],
        failed=found.failed,
        grade_classes=GRADE_CLASSES,
        count=len(alive),
        stylesheet=Markup(stylesheet()),
        version=__version__,
    )
    return shown_on_page(page)


def _names(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """Each project and each of its districts by name, in the order of a Chinese dictionary, with where it stands on the page."""
    found = [(group.title, f"#project-{group.number}") for group in groups]
    found += [
        (f"{item.entry.district}（{group.title}）", f"#project-{group.number}-{line}")
        for group in groups
        for line, item in enumerate(group.districts, 1)
    ]
    # The first level of GB 2312, which GB 18030 keeps, is in the order of pinyin.
    return sorted(found, key=lambda each: each[0].encode("gb18030", "replace"))


def _planned(parameters: Path | None) -> set[str] | None:
    """The runs that parameter files ask for, as notebook/name; None where no folder says."""
    if parameters is None or not parameters.is_dir():
        return None
    return {
        f"{path.parent.name}/{path.stem}"
        for path in parameters.glob("*/*.y*ml")
        if path.suffix in (".yaml", ".yml")
    }


def _lives(entry: Entry, planned: set[str]) -> bool:
    """Whether a parameter file asks for a run; that of the project where it was expanded over its districts."""
    if f"{entry.notebook}/{entry.run}" in planned:
        return True
    base, expanded, _ = entry.run.partition("--")
    return bool(expanded) and any(
        f"{notebook}/{base}" in planned for notebook in (entry.notebook, "project_report")
    )


def _kind(entry: Entry) -> str:
    return _KINDS.get(entry.notebook, entry.notebook).format(entry.headline["word"])


def _in_seasons(entries: Iterable[Entry]) -> set[str]:
    """The runs on single forms of a season that is listed itself: its page leads to each of them."""
    every = list(entries)
    seasons = {entry.run for entry in every if entry.notebook == "season"}
    forms = (entry.run for entry in every if entry.notebook == "self_evaluation")
    return {run for run in forms if run.partition("--")[0] in seasons}


def _groups(entries: Iterable[Entry]) -> Iterator[Group]:
    by_project: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_project[entry.project].append(entry)
    for number, project in enumerate(sorted(by_project), 1):
        yield _group(number, project, by_project[project])


def _group(number: int, project: str, entries: list[Entry]) -> Group:
    kinds = list(_KINDS)
    entries = sorted(
        entries, key=lambda e: (kinds.index(e.notebook) if e.notebook in kinds else 9, e.order, e.run)
    )
    newest = max(entries, key=lambda entry: entry.finished)
    head = newest.headline
    year = f"{head['year']} 年度" if head["year"] else ""
    alike = Counter((entry.notebook, entry.district, entry.edition) for entry in entries)

    def item(entry: Entry) -> Item:
        twin = alike[entry.notebook, entry.district, entry.edition] > 1
        name = entry.district or _kind(entry)
        return Item(entry, f"{name} · {entry.run}" if twin else name, _remarks(entry, newest))

    return Group(
        number,
        project,
        head["title"],
        " · ".join(part for part in (head["place"], year) if part),
        head["word"],
        whole=tuple(item(entry) for entry in entries if not entry.district),
        districts=tuple(
            item(entry)
            for entry in sorted(entries, key=lambda e: (e.rank is None, e.rank or 0, e.order))
            if entry.district
        ),
        inputs=tuple(
            f"{file}（{sha[:8]}）" for (owner, file), sha in newest.inputs.items() if owner == project
        ),
    )


def _remarks(entry: Entry, newest: Entry | None = None) -> tuple[str, ...]:
    """The edition where it is not the usual one, and that a file has changed since, as the newest report knows it."""
    old = newest is not None and any(
        newest.inputs.get(file, sha) != sha for file, sha in entry.inputs.items()
    )
    return tuple(part for part in (entry.edition, "资料已变，请重新运行" if old else "") if part)


def _places(groups: Iterable[Group]) -> list[Place]:
    """The districts that several projects report on, by name; places of one name elsewhere are kept apart."""
    found: dict[tuple[str, str], Place] = {}
    seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for group in groups:
        for item in group.districts:
            entry = item.entry
            key = (str(entry.headline["place"]), entry.district)
            place = found.setdefault(key, Place(entry.district, key[0]))
            seen[key].add(entry.project)
            year = f"（{entry.headline['year']}）" if entry.headline["year"] else ""
            place.items.append(Item(entry, f"{group.title}{year}", item.remarks))
    return [place for key, place in sorted(found.items()) if len(seen[key]) > 1]


@cache
def template(name: str) -> Template:
    """A template of the pages that are no notebooks: the index, a comparison."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / "index", TEMPLATES / "wenxiao"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The filter of nbconvert that the shared parts use.
    environment.filters["escape_html_keep_quotes"] = escape
    return environment.get_template(name)
