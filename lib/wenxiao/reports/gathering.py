"""The results of all runs in a folder of outputs, gathered into one tidy Parquet data set.

Gathering again reads only what changed. Each table appears whole or not at all; `runs.parquet` goes before the others change and
comes back last, so that whoever is interrupted leaves a data set that the next gathering makes anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock
from pydantic_core import from_json
from upath import UPath

from wenxiao.model.errors import Problem, ProjectError
from wenxiao.project.made_files import refuse_links, refuse_strangers
from wenxiao.project.place import local, place_of, read_all, states, without_password, write_whole
from wenxiao.reports.gathered_tables import COLUMNS, Row, rows_of, schema_of, tables_of
from wenxiao.reports.listing import manifests_in
from wenxiao.reports.records import SCHEMA_VERSION

FOLDER = "gathered"
"""Where the data set lies in a folder of outputs."""

_RUNS = "runs"
_MANY = 200  # results held in memory at a time

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a gathering did: where the data set is, how many runs it holds, and which were read, dropped, left out."""

    place: UPath
    runs: int
    read: tuple[Name, ...]
    dropped: tuple[Name, ...]
    left_out: tuple[Name, ...]


def gather(outputs: str, into: str = "") -> Gathered:
    """The data set of all whole runs in a folder of outputs, at `into` or in its folder `gathered`; both may be addresses.

    A run whose results are not those of its manifest, or of another version, is left out. Raises ProjectError if there is
    no folder of outputs.
    """
    source = place_of(outputs)
    target = place_of(into) if into else source / FOLDER
    if not source.is_dir():
        raise ProjectError(
            Problem(
                "没有这个结果文件夹", value=without_password(outputs), remedy="检查路径，或先运行 wenxiao run"
            )
        )
    refuse_links(target)
    target.mkdir(parents=True, exist_ok=True)
    names = [f"{table}.parquet" for table in COLUMNS if f"{table}.parquet" in states(target)]
    refuse_strangers((name for name in names if not is_gathered((target / name).read_bytes())), target)
    with _alone(target):
        return _gathered(source, target)


def is_gathered(content: bytes) -> bool:
    """Whether a table is one that the program gathered, in any version: it has a column for the notebook and one for the run."""
    try:
        names = pq.read_schema(BytesIO(content)).names
    except (OSError, pa.ArrowInvalid):
        return content[:4] in (b"", b"PAR1")  # cut short
    return {"notebook", "run"} <= set(names)


def _gathered(source: UPath, target: UPath) -> Gathered:
    found = {
        (place.parent.name, place.name): (UPath(place), manifest)
        for place, manifest in manifests_in(source).items()
    }
    hashes = {name: hash_ for name, (_, manifest) in found.items() if (hash_ := _hash(manifest))}
    former = _former(target)
    known = {} if former is None else _hashes(former[_RUNS])
    unchanged = {name for name, hash_ in hashes.items() if known.get(name) == hash_}
    rows: dict[str, list[pa.Table]] = {table: [] for table in COLUMNS}
    read: list[Name] = []
    waiting = sorted(hashes.keys() - unchanged)
    for start in range(0, len(waiting), _MANY):
        some = {name: found[name] for name in waiting[start : start + _MANY]}
        gathered = dict(_read(some, hashes))
        read += gathered
        for each in gathered.values():
            for table, part in tables_of(each):
                rows[table].append(part)
    dropped = tuple(sorted(known.keys() - unchanged - set(read)))
    if former is None or read or dropped:
        _write(target, former, unchanged, rows)
    left_out = tuple(sorted(found.keys() - unchanged - set(read)))
    return Gathered(target, len(unchanged) + len(read), tuple(read), dropped, left_out)


def _read(
    some: Mapping[Name, tuple[UPath, Mapping[str, Any]]], hashes: Mapping[Name, str]
) -> Iterator[tuple[Name, dict[str, list[Row]]]]:
    """The rows of those runs whose results are those of their manifest, and of this version."""
    contents = read_all(place / "results.json" for place, _ in some.values())
    for name, (place, manifest) in some.items():
        content = contents.get(place / "results.json", b"")
        if hashlib.sha256(content).hexdigest() != hashes[name]:
            continue  # it is being replaced
        results = from_json(content)
        if not isinstance(results, dict) or results.get("schema_version") != SCHEMA_VERSION:
            continue
        rows = rows_of(*name, results)
        rows[_RUNS][0] |= {"finished": _time(manifest), "results_sha256": hashes[name]}
        yield name, rows


def _write(
    target: UPath,
    former: Mapping[str, pa.Table] | None,
    unchanged: set[Name],
    rows: Mapping[str, list[pa.Table]],
) -> None:
    """Writes the tables: the former rows of unchanged runs, and the new ones."""
    if f"{_RUNS}.parquet" in states(target):
        (target / f"{_RUNS}.parquet").unlink()
    kept = pa.array([f"{notebook}/{run}" for notebook, run in unchanged], pa.string())
    for table in sorted(COLUMNS, key=lambda name: (name == _RUNS, name)):
        parts = list(rows[table])
        if former is not None:
            names = pc.binary_join_element_wise(former[table]["notebook"], former[table]["run"], "/")
            parts.append(former[table].filter(pc.is_in(names, kept)))
        order = [(name, "ascending") for name in ("notebook", "run", "position") if name in COLUMNS[table]]
        whole = pa.concat_tables([schema_of(table).empty_table(), *parts]).sort_by(order)
        written = BytesIO()
        pq.write_table(whole, written, compression="zstd")
        write_whole(target / f"{table}.parquet", written.getvalue())


def _former(target: UPath) -> dict[str, pa.Table] | None:
    """The tables that are there; None if they are not whole, or not of this version's columns."""
    there = states(target)
    if any(f"{table}.parquet" not in there for table in COLUMNS):
        return None
    tables = {}
    for table in COLUMNS:
        try:
            tables[table] = pq.read_table(BytesIO((target / f"{table}.parquet").read_bytes()))
        except (OSError, pa.ArrowInvalid):
            return None
        if not tables[table].schema.equals(schema_of(table)):
            return None
    return tables


def _hashes(runs: pa.Table) -> dict[Name, str]:
    columns = (runs[name].to_pylist() for name in ("notebook", "run", "results_sha256"))
    return {(notebook, run): hash_ for notebook, run, hash_ in zip(*columns, strict=True)}


def _hash(manifest: Mapping[str, Any]) -> str:
    try:
        return str(manifest["files"]["results.json"]["sha256"])
    except (KeyError, TypeError):
        return ""


def _time(manifest: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(manifest["finished"])
    except (KeyError, TypeError, ValueError):
        return None


@contextmanager
def _alone(target: UPath) -> Iterator[None]:
    """Keeps other processes of this file system from gathering into the folder inside the block. A store has no locks."""
    folder = local(target)
    if folder is None:
        yield
        return
    with FileLock(folder / ".lock"):
        yield
