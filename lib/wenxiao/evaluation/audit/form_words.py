"""What a filled form says in words outside of its tables: the year it is of, and where its satisfaction comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.judged_indicators import judged
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import CellRef, Finding, Form, Severity, Table
from wenxiao.sheets.cells.wording import is_template

_OF_YEAR = re.compile(r"(?<!\d)(\d{4})\s*年度")
_YEAR = re.compile(r"(?<!\d)(\d{4})\s*(?:年|[./-]\d{1,2}[./-]\d{1,2}(?!\d))")
_FIRST, _LAST = 1949, 2099
_NEAR = 5
"""Years that a project may span; a year further from all others of a form is a slip of a digit."""
_SURVEY = re.compile(r"调查|问卷|访谈|抽样|电话回访|测评|样本")


@dataclass(frozen=True)
class _Filled:
    """One form: its tables and every text of its cells."""

    tables: tuple[Table, ...]
    texts: tuple[tuple[CellRef, str], ...] = field(default=())


@lru_cache(maxsize=2)
def _forms(evaluation: Evaluation) -> tuple[_Filled, ...]:
    groups: dict[Form, list[Table]] = defaultdict(list)
    for table in evaluation.project.tables:
        if table.form is not None and table.form.purpose == "self_evaluation":
            groups[table.form].append(table)
    return tuple(_Filled(tuple(tables), tuple(_texts(form, tables))) for form, tables in groups.items())


def _texts(form: Form, tables: list[Table]) -> Iterator[tuple[CellRef, str]]:
    last = max(table.origin.right for table in tables)
    for row in range(form.place.row, form.bottom + 1):
        for column in range(form.place.column, last + 1):
            raw = tables[0].raw(row, column)
            if isinstance(raw, str) and raw.strip():
                yield CellRef(form.place.file, form.place.sheet, row, column), raw


def _years(evaluation: Evaluation) -> Iterator[Finding]:
    """A year (2023年度) that cannot be, or that no other year of the form is near to."""
    for form in _forms(evaluation):
        stated = [(cell, int(year)) for cell, text in form.texts for year in _OF_YEAR.findall(text)]
        for cell, year in stated:
            others = [int(each) for at, text in form.texts if at != cell for each in _YEAR.findall(text)] + [
                each for at, each in stated if at != cell
            ]
            possible = [each for each in others if _FIRST <= each <= _LAST]
            impossible = not _FIRST <= year <= _LAST
            if not impossible and (not possible or min(abs(year - each) for each in possible) <= _NEAR):
                continue
            near = (
                f"表中其他年份为 {'、'.join(map(str, sorted(set(possible))))}"
                if possible
                else "不是可能的年份"
            )
            yield Finding(
                "year-implausible",
                Severity.ERROR if impossible else Severity.WARNING,
                "年度",
                f"{form.tables[0].name}写明“{year}年度”，{near}。",
                printed=f"{year}年度",
                recomputed="、".join(f"{each}年" for each in sorted(set(possible))),
                cells=(cell,),
                remedy="核对年度",
            )


def _satisfaction(evaluation: Evaluation) -> Iterator[Finding]:
    """A satisfaction with a figure, in a form that names no survey, of a project that has none."""
    if evaluation.surveys:
        return
    for form in _forms(evaluation):
        if any(_SURVEY.search(text) for _, text in form.texts):
            continue
        rows = [
            each
            for table in form.tables
            if table.kind == "scorecard"
            for each in judged(table)
            if "满意" in each.row.name and each.row.actual.quantity is not None
        ]
        if rows:
            yield Finding(
                "satisfaction-without-survey",
                Severity.HINT,
                rows[0].row.name,
                f"{rows[0].row.name}为 {rows[0].row.actual.text}，表中没有写明调查方式和有效问卷数，得分没有依据可查。",
                printed=rows[0].row.actual.text,
                cells=tuple(dict.fromkeys(cell for each in rows for cell in each.cells)),
                remedy="写明满意度的调查方式、对象和有效问卷数，或附调查表",
            )


def _left(evaluation: Evaluation) -> Iterator[Finding]:
    """Rows of the blank form (指标2：, ……) that were neither filled in nor taken out."""
    for form in _forms(evaluation):
        rows = [(cell, text) for cell, text in form.texts if is_template(text)]
        if rows:
            yield Finding(
                "template-rows-left",
                Severity.HINT,
                "样表的行",
                f"{form.tables[0].name}留有样表的空行：{'、'.join(text.strip() for _, text in rows[:4])}。",
                printed=rows[0][1].strip(),
                cells=tuple(cell for cell, _ in rows),
                remedy="填写或删去",
            )


CHECKS = (
    Check("template-rows-left", "样表的空行", "样表中没有填写的行（指标2、……）已删去", find=_left),
    Check(
        "year-implausible",
        "自评表的年度",
        "写明的年度是可能的年份，与表中其他年份相差不超过五年",
        find=_years,
    ),
    Check(
        "satisfaction-without-survey",
        "满意度的依据",
        "自评表的满意度写明调查方式和问卷数，或项目另有满意度调查表",
        find=_satisfaction,
    ),
)
