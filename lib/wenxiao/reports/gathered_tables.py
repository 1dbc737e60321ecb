"""The tables that the results of many runs are gathered into: their columns, and the rows of one `results.json`.

A figure stands in four columns: its exact decimal as text, the same as a decimal of 18 places, as a double, and the kind of
missing where there is none. `position` keeps the order that the results have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from wenxiao.model.rounding import half_up

PLACES = 18
_NUMBER = pa.decimal128(38, PLACES)
_LARGEST = Decimal(10) ** (38 - PLACES)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

Row = dict[str, Any]
Fields = dict[str, pa.DataType]


def _figure(name: str) -> Fields:
    return {
        name: pa.string(),
        f"{name}_number": _NUMBER,
        f"{name}_double": pa.float64(),
        f"{name}_missing": pa.string(),
    }


_RUN: Fields = {"notebook": pa.string(), "run": pa.string(), "position": pa.int32()}
_ABOUT: Fields = {"project": pa.string(), "district": pa.string(), "year": pa.int32()}

COLUMNS: Mapping[str, Fields] = {
    "runs": {
        "notebook": pa.string(),
        "run": pa.string(),
        **_ABOUT,
        "title": pa.string(),
        "place": pa.string(),
        "year_text": pa.string(),
        "kind": pa.string(),
        "profile": pa.string(),
        "audience": pa.string(),
        "edition": pa.string(),
        **_figure("score"),
        "grade": pa.string(),
        **_figure("execution_rate"),
        "execution_basis": pa.string(),
        "finished": pa.timestamp("ms", "UTC"),
        "results_sha256": pa.string(),
    },
    "measures": {
        **_RUN,
        **_ABOUT,
        "key": pa.string(),
        "label": pa.string(),
        "subject": pa.string(),
        "basis": pa.string(),
        "unit": pa.string(),
        "standing": pa.string(),
        **_figure("value"),
        "text": pa.string(),
        "formula": pa.string(),
    },
    "scores": {
        **_RUN,
        **_ABOUT,
        "level": pa.int32(),
        "level1": pa.string(),
        "level2": pa.string(),
        "level3": pa.string(),
        "indicator": pa.string(),
        "unit": pa.string(),
        **_figure("weight"),
        **_figure("score"),
        **_figure("score_rate"),
        **_figure("lost"),
        "reason": pa.string(),
    },
    "ranks": {
        **_RUN,
        **_ABOUT,
        "unit": pa.string(),
        **_figure("score"),
        **_figure("adjusted"),
        **_figure("rank"),
        "tied": pa.bool_(),
        "grade": pa.string(),
        "excluded": pa.bool_(),
        "mode": pa.string(),
        **_figure("rank_in_mode"),
        "note": pa.string(),
        "ties": pa.string(),
    },
    "findings": {
        **_RUN,
        **_ABOUT,
        "code": pa.string(),
        "severity": pa.string(),
        "subject": pa.string(),
        "message": pa.string(),
        "printed": pa.string(),
        "recomputed": pa.string(),
        "tolerance": pa.string(),
        "cells": pa.list_(pa.string()),
        "about": pa.list_(pa.string()),
        "remedy": pa.string(),
    },
}
"""The columns of each table, in order."""


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema(list(COLUMNS[table].items()))


def rows_of(notebook: str, run: str, results: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows that one run's results give to each table, but for the table of runs, of which it gives one.

    `finished` and `results_sha256` are not in the results; who gathers them adds them.
    """
    rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    rows["runs"] = [_run(results)]
    for part in results["members"] or [results]:
        subject = part["subject"]
        if subject is None:
            continue
        about = {
            "project": subject["project"],
            "district": subject["district"] or None,
            "year": year_of(subject["year"]),
        }
        rows["measures"] += [{**about, **_measure(each)} for each in part["measures"]]
        if part["scorecard"] is not None:
            rows["scores"] += [{**about, **_score(each)} for each in part["scorecard"]["indicators"]]
        if part["ranking"] is not None:
            ties = part["ranking"]["ties"]
            rows["ranks"] += [{**about, **_rank(each), "ties": ties} for each in part["ranking"]["places"]]
        rows["findings"] += [{**about, **_finding(each)} for each in part["findings"]]
    for table, found in rows.items():
        for position, row in enumerate(found):
            row |= {"notebook": notebook, "run": run}
            if table != "runs":
                row["position"] = position
    return rows


def year_of(text: str) -> int | None:
    """The year that a head's text names, the first if it names several.

    >>> year_of("2021年度"), year_of("近年")
    (2021, None)
    """
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def _run(results: Mapping[str, Any]) -> Row:
    subject, verdict, run = results["subject"] or {}, results["verdict"] or {}, results["run"]
    return {
        "project": subject.get("project"),
        "district": subject.get("district") or None,
        "year": year_of(subject.get("year", "")),
        "title": subject.get("title"),
        "place": subject.get("place"),
        "year_text": subject.get("year"),
        "kind": subject.get("kind"),
        "profile": run["profile"]["name"],
        "audience": run["parameters"].get("audience"),
        "edition": run["parameters"].get("edition"),
        **_figured("score", verdict.get("score")),
        "grade": verdict.get("grade"),
        **_figured("execution_rate", verdict.get("execution_rate")),
        "execution_basis": verdict.get("execution_basis"),
    }


def _measure(record: Mapping[str, Any]) -> Row:
    plain = ("key", "label", "subject", "basis", "unit", "standing", "text", "formula")
    return {**{name: record[name] for name in plain}, **_figured("value", record)}


def _score(record: Mapping[str, Any]) -> Row:
    path = (*record["path"], None, None, None)
    return {
        "level": record["level"],
        **{f"level{number}": path[number - 1] for number in (1, 2, 3)},
        "indicator": record["name"],
        "unit": record["score"]["unit"] or record["weight"]["unit"],
        **_figured("weight", record["weight"]),
        **_figured("score", record["score"]),
        **_figured("score_rate", record["score_rate"]),
        **_figured("lost", record["lost"]),
        "reason": record["reason"],
    }


def _rank(record: Mapping[str, Any]) -> Row:
    return {
        "district": record["district"],
        "unit": record["score"]["unit"],
        **_figured("score", record["score"]),
        **_figured("adjusted", record["adjusted"]),
        **_figured("rank", {"value": record["rank"]}),
        **_figured("rank_in_mode", {"value": record["rank_in_mode"]}),
        **{name: record[name] for name in ("tied", "grade", "excluded", "mode", "note")},
    }


def _finding(record: Mapping[str, Any]) -> Row:
    cells = [f"{cell['file']}［{cell['sheet']}］{cell['address']}" for cell in record["cells"]]
    plain = ("code", "severity", "subject", "message", "printed", "recomputed", "tolerance", "remedy")
    return {**{name: record[name] for name in plain}, "cells": cells, "about": list(record["about"])}


def _figured(name: str, record: Mapping[str, Any] | None) -> Row:
    text = record["value"] if record else None
    value = None if text is None else Decimal(text)
    number = value if value is None or _exponent(value) >= -PLACES else half_up(value, PLACES)
    return {
        name: text,
        f"{name}_number": number if number is not None and abs(number) < _LARGEST else None,
        f"{name}_double": None if value is None else float(value),
        f"{name}_missing": record.get("missing") if record else None,
    }


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def tables_of(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, pa.Table]]:
    """Each table with these rows."""
    for table in COLUMNS:
        yield table, pa.Table.from_pylist(rows[table], schema=schema_of(table))
