"""What lies in a folder of outputs: every whole run by its headline, every run whose last attempt failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic_core import from_json
from upath import UPath

from wenxiao.model.finding import Severity
from wenxiao.project.place import local, read_all
from wenxiao.reports.headline import headline, is_current
from wenxiao.reports.records import SCHEMA_VERSION

_COMPARED = {
    "score": "得分",
    "grade": "等级",
    "budget": "预算",
    "execution": "执行率",
    "findings": "核对事项",
}.items()
_FAILED = ".failed.ipynb"
Location = Path | UPath
"""A file of this machine as a plain path, any other as a place: a place for each of thousands takes longer than reading."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report: the folder of its run below the outputs, when it finished, its headline, what it said the time before."""

    notebook: str
    run: str
    finished: str
    headline: Mapping[str, Any]
    former: Mapping[str, Any] | None = None

    @property
    def href(self) -> str:
        """The address of the page, from the index."""
        return quote(f"{self.notebook}/{self.run}/report.html")

    @property
    def project(self) -> str:
        """The project's folder; '' for a report on several."""
        return str(self.headline["project"])

    @property
    def district(self) -> str:
        """The district it is about; '' for the whole."""
        return str(self.headline["district"])

    @property
    def order(self) -> tuple[int, str]:
        """What administrative order goes by."""
        order = self.headline["order"]
        return (0 if order is None else order, self.run)

    @property
    def rank(self) -> Fraction | None:
        """The district's rank."""
        rank = self.headline["rank"]
        return Fraction(rank["value"]) if rank else None

    @property
    def basis(self) -> str:
        """The denominator of the rate; before it the rate's own name where it is another one."""
        rate = self.headline["execution"] or {"label": "", "basis": ""}
        return str(
            rate["basis"] if rate["label"] == "预算执行率" else f"{rate['label']} {rate['basis']}".strip()
        )

    @property
    def findings(self) -> tuple[tuple[str, str, int], ...] | None:
        """The severities of which there are findings, the gravest first: key, word, how many; None where the edition does not say."""
        counts = self.headline["findings"]
        if counts is None:
            return None
        return tuple(
            (each.name.lower(), each.label, n) for each in Severity if (n := counts[each.name.lower()])
        )

    @property
    def changes(self) -> tuple[str, ...]:
        """What moved since the run before; one that says so where nothing did, none where there was none before."""
        if self.former is None:
            return ()
        sides = [(label, _side(self.former, key), _side(self.headline, key)) for key, label in _COMPARED]
        moved = tuple(f"{label} {before} → {after}" for label, before, after in sides if before != after)
        return moved or ("无变化",)

    @property
    def when(self) -> str:
        """When it finished, by the clock of this place; empty where no manifest says."""
        try:
            return datetime.fromisoformat(self.finished).astimezone().strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return ""

    @property
    def edition(self) -> str:
        """Which edition it is, and for whom; empty for the usual one, which stays in the house."""
        edition = str(self.headline["edition"])
        if self.headline["audience"] == "release":
            return f"{edition} · 公开" if edition else "公开"
        return "" if edition == "内部审核稿" else edition

    @property
    def inputs(self) -> Mapping[tuple[str, str], str]:
        """The files it was made from, with their hashes."""
        return {(each["project"], each["file"]): each["sha256"] for each in self.headline["inputs"]}


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that has no report to show: why, and the file that shows where."""

    notebook: str
    run: str
    href: str
    cause: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All runs in a folder of outputs, in the order of their names."""

    entries: tuple[Entry, ...]
    failed: tuple[Failed, ...]


def listing(outputs: UPath) -> Listing:
    """The runs in a folder of outputs. One without a manifest is being replaced, or half made, and is not listed."""
    manifests = manifests_in(outputs)
    absent = [folder for folder, manifest in manifests.items() if not is_current(manifest.get("headline"))]
    results = _read(folder / "results.json" for folder in absent)
    entries: list[Entry] = []
    failed = [_failed(path, content) for path, content in _texts(_found_failed(outputs))]
    for folder, manifest in manifests.items():
        found = manifest.get("headline") if folder not in results else _headline(results[folder])
        notebook, run = folder.parent.name, folder.name
        if is_current(found):
            former = manifest.get("former")
            finished = str(manifest.get("finished", ""))
            entries.append(
                Entry(notebook, run, finished, found or {}, former if isinstance(former, dict) else None)
            )
        else:
            href = quote(f"{notebook}/{run}/results.json")
            failed.append(Failed(notebook, run, href, "结果文件无法识别或版本不同，请重新运行"))
    return Listing(
        tuple(sorted(entries, key=lambda each: (each.notebook, each.run))),
        tuple(sorted(failed, key=lambda each: (each.notebook, each.run))),
    )


def manifests_in(outputs: UPath) -> dict[Location, dict[str, Any]]:
    """The manifests in a folder of outputs by the folder of their run; one that cannot be read is empty."""
    return _read(_found(outputs, "manifest.json"))


def _headline(results: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        return headline(results) if results["schema_version"] == SCHEMA_VERSION else None
    except (KeyError, TypeError, IndexError, AttributeError):
        return None


def _found(outputs: UPath, name: str) -> Iterator[Location]:
    """Every file of that name in a run's folder; hidden folders are the program's own."""
    root = local(outputs)
    if root is None:
        yield from (each for each in outputs.glob(f"*/*/{name}") if not _hidden(each.parent))
        return
    yield from root.glob(f"[!.]*/[!.]*/{name}")


def _found_failed(outputs: UPath) -> Iterator[Location]:
    root: Location = local(outputs) or outputs
    yield from (each for each in root.glob(f"*/*{_FAILED}") if not _hidden(each))


def _hidden(path: Location) -> bool:
    return path.name.startswith(".") or path.parent.name.startswith(".")


def _read(paths: Iterable[Location]) -> dict[Location, dict[str, Any]]:
    """The JSON objects in files, by the folder they lie in; what is none is empty."""
    found: dict[Location, dict[str, Any]] = {}
    for path, content in _texts(paths):
        try:
            parsed = from_json(content)
        except ValueError:
            parsed = None
        found[path.parent] = parsed if isinstance(parsed, dict) else {}
    return found


def _texts(paths: Iterable[Location]) -> Iterator[tuple[Location, bytes]]:
    """The contents of the files that can be read."""
    remote: list[UPath] = []
    for path in paths:
        if isinstance(path, UPath):
            remote.append(path)
            continue
        try:
            yield path, path.read_bytes()
        except OSError:  # it was replaced while the folder was read
            continue
    yield from read_all(remote).items()


def _failed(path: Location, content: bytes) -> Failed:
    run = path.name.removesuffix(_FAILED)
    return Failed(path.parent.name, run, quote(f"{path.parent.name}/{path.name}"), _cause(content))


def _side(found: Mapping[str, Any], key: str) -> str:
    """What a headline says of one thing, as text."""
    value = found.get(key)
    if isinstance(value, dict):
        value = value.get("text") if "text" in value else sum(value.values())
    return "无" if value is None or value == "" else str(value)


def _cause(content: bytes) -> str:
    """What the failed notebook's error says first."""
    try:
        cells = from_json(content)["cells"]
        errors = (o for c in cells for o in c.get("outputs", ()) if o["output_type"] == "error")
        return str(next(errors)["evalue"]).splitlines()[0]
    except (ValueError, KeyError, TypeError, StopIteration, IndexError):
        return "运行中断"
