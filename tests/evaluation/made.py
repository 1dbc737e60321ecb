"""Small made-up (synthetic) projects for tests of single rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from wenxiao.evaluation import Evaluation, checks, evaluate
from wenxiao.model import Column, Missing, Origin, Role, Table, Unit, figures, words
from wenxiao.model.units import HOUSEHOLDS, NUMBER, PERSONS, POINTS, RATIO, WAN_SQUARE_METRES, WAN_YUAN
from wenxiao.project import InputFile, Profile, Project, load_profile
from wenxiao.sheets.structure.structure import structured

UNITS = {
    "weight": POINTS,
    "score": POINTS,
    "self_score": POINTS,
    "initial_score": POINTS,
    "reviewed_score": POINTS,
    "final_score": POINTS,
    "respondents": PERSONS,
    "satisfied": PERSONS,
    "deduction": POINTS,
    "reference_score": POINTS,
    "score_rate": RATIO,
    "rate": RATIO,
    "share": RATIO,
    "execution_rate": RATIO,
    "area": WAN_SQUARE_METRES,
    "households": HOUSEHOLDS,
    "planned": NUMBER,
    "actual": NUMBER,
}
MONEY = {"budget", "spent", "received", "paid", "approved", "invested", "amount"}
TEXTS = {
    "level1",
    "level2",
    "level3",
    "source",
    "district",
    "note",
    "item",
    "subject",
    "name",
    "works",
    "status",
    "problem",
    "number",
    "evidence_number",
    "evidence_name",
    "file",
    "sha256",
    "page",
    "responsible",
    "feedback",
    "adopted",
    "grounds",
    "opinion",
    "opinion_by",
    "opinion_on",
    "concerns",
    "rule",
    "data_source",
    "calculation",
    "reason",
    "initial_reason",
    "reviewed_reason",
    "final_reason",
    "preparer",
    "scored_on",
    "reviewer",
    "reviewed_on",
    "final_reviewer",
    "decision",
    "decided_by",
    "decided_on",
}


def _unit(kind: str, key: str) -> Unit:
    return WAN_YUAN if key in MONEY or (kind == "funds" and key == "planned") else UNITS.get(key, NUMBER)


def made(
    kind: str,
    fields: dict[str, Sequence[str]],
    roles: Sequence[Role] = (),
    file: str = "虚构.xlsx",
    title: str = "虚构表",
) -> Table:
    """A synthetic table: texts as they are, figures from their digits, '' for 未提供."""
    size = len(next(iter(fields.values())))
    columns: list[Column] = []
    for position, (key, values) in enumerate(fields.items(), start=1):
        if key in TEXTS:
            columns.append(words(values, key=key, label=key, position=position))
        else:
            cells = [Decimal(v) if v else Missing.NOT_PROVIDED for v in values]
            field = key if key.isascii() else None
            columns.append(figures(cells, key=field, label=key, position=position, unit=_unit(kind, key)))
    table = Table(
        kind=kind,
        title=title,
        origin=Origin(file, kind, 1, 1, size + 1, len(fields)),
        lines=np.arange(2, size + 2, dtype=np.int32),
        roles=np.array(roles or [Role.DATA] * size, np.int8),
        columns=tuple(columns),
        sections=("",) * size,
        raw=lambda _row, _column: None,
    )
    names = next((list(values) for key, values in fields.items() if key in TEXTS), [""] * size)
    return structured(table, names)


def project(*tables: Table, evidence: Sequence[InputFile] = ()) -> Project:
    """A synthetic project of the given tables, with the files of its evidence folder."""
    return Project(name="synthetic", tables=tables, inputs=(), evidence=tuple(evidence))


def evaluated(
    *tables: Table, profile: Profile | None = None, evidence: Sequence[InputFile] = ()
) -> Evaluation:
    """The evaluation of a synthetic project; every code it emits must stand in the documentation of checks."""
    evaluation = evaluate(project(*tables, evidence=evidence), profile or load_profile())
    assert codes(evaluation) <= {code for check in checks() for code in check.codes}
    return evaluation


def codes(evaluation: Evaluation) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in evaluation.findings}
