"""Rates, shares and balances printed in a column against the columns they follow from, by source, district or any other row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.line_sum import record_name
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.indicator_table import indicators_in
from wenxiao.evaluation.rates import RELATIONS, SHORT, denominator
from wenxiao.evaluation.years import year_slices
from wenxiao.fields import plain, standard_registry
from wenxiao.model import (
    Column,
    Expression,
    Finding,
    Given,
    Missing,
    Quantity,
    Role,
    Severity,
    Table,
    difference,
    interval_of,
    quantity_text,
    quotient,
    total,
    value_of,
)
from wenxiao.model.units import NUMBER, RATIO
from wenxiao.project.profile import Profile
from wenxiao.sheets.structure.totals import additive

_ROWS = (Role.DATA, Role.TOTAL, Role.SUBTOTAL, Role.REGION_SUBTOTAL, Role.OF_WHICH)


_LONG = 60
"""Rows from which on a share is held against the printed total: each sum of all rows for each row takes too long."""


@dataclass(frozen=True, eq=False)
class Basis:
    """One way a column can follow from others: in words, and for one record as a tree."""

    words: str
    of: Callable[[int], Expression]


@dataclass(frozen=True, eq=False)
class Derived:
    """A column that others give: its code, what it is called, and its bases, the rule's own first.

    `sure` says that the first is declared or the only one the words allow, so that it holds where no row upholds it.
    """

    code: str
    table: Table
    column: Column
    label: str
    bases: tuple[Basis, ...]
    records: tuple[int, ...]
    sure: bool = True

    def printed(self, record: int) -> Given:
        """The printed figure of one record."""
        return self.table.given_in(record, self.column, f"{record_name(self.table, record)}{self.label}")

    @cached_property
    def rows(self) -> tuple[tuple[int, Given, Quantity], ...]:
        """The records that print a figure, with it."""
        given = ((record, self.printed(record)) for record in self.records)
        return tuple((record, each, each.quantity) for record, each in given if each.quantity is not None)

    def fitting(self, basis: Basis, shift: int = 0) -> set[int]:
        """The records whose printed figure, `shift` places to the right, the basis gives."""
        found = set()
        for record, _, quantity in self.rows:
            computed = interval_of(basis.of(record))
            moved = replace(
                quantity, value=quantity.value.scaleb(-shift), places=quantity.places + shift, exact=False
            )
            if computed is not None and computed.low is not None and computed.meets(moved.interval):
                found.add(record)
        return found

    def known(self, basis: Basis) -> set[int]:
        """The records for which the basis gives a value."""
        return {r for r, *_ in self.rows if isinstance(value_of(basis.of(r)), Fraction)}


@lru_cache(maxsize=2)
def _judged(evaluation: Evaluation) -> tuple[tuple[Derived, str, Basis], ...]:
    return tuple((found, *_verdict(found)) for found in derived_columns(evaluation))


def derived_columns(evaluation: Evaluation) -> Iterator[Derived]:
    """Every column of a project's tables that follows from others of its table, those of one year among themselves."""
    tables = evaluation.project.tables
    for kind in dict.fromkeys(table.kind for table in tables):
        if kind in ("scorecard", "claims", "head", "contributions"):
            continue
        for part in year_slices([table for table in tables if table.kind == kind], standard_registry()):
            if indicators_in(part.table, evaluation.profile) is None:
                when = f"{part.year}年" if part.year else ""
                yield from _of_table(part.table, when, evaluation.profile)


def _of_table(table: Table, when: str, profile: Profile) -> Iterator[Derived]:
    declared = {rate.key for rate in RELATIONS.rates}
    yield from _declared(table, when, profile)
    for column in table.columns:
        if column.numbers is None or (column.key in declared and table.kind in _kinds(column.key)):
            continue
        last = plain(column.path[-1] if column.path else column.label)
        if last.endswith(RELATIONS.shares.words) or column.key == "share":
            yield from _share(table, column, when)
        elif last.endswith(RELATIONS.words.rate) and _is_rate(column):
            yield from _by_words(table, column, last)
        elif any(word in last for balance in RELATIONS.balances for word in balance.words):
            yield from _balance(table, column, when)


def _kinds(key: str) -> tuple[str, ...]:
    rate = RELATIONS.rate(key)
    return rate.kinds if rate else ()


def _is_rate(column: Column) -> bool:
    units = set(column.row_units.values()) or {column.unit}
    return units <= {RATIO, NUMBER}


def _records(table: Table, *roles: Role) -> tuple[int, ...]:
    return tuple(table.records(*(roles or _ROWS)))


def _declared(table: Table, when: str, profile: Profile) -> Iterator[Derived]:
    """The rates that the relations declare for this kind of table."""
    for rate in RELATIONS.rates:
        column = table.column(rate.key)
        if table.kind not in rate.kinds or column is None or column.numbers is None:
            continue
        own = denominator(rate, table.has, profile)
        above = table.column(rate.above)
        below = dict.fromkeys((own, rate.below, *rate.others))
        bases = tuple(
            Basis(f"{_word(rate.above, table.kind)}÷{_word(key, table.kind)}", _quotient(table, above, by))
            for key in below
            if above is not None and (by := table.column(key)) is not None
        )
        if bases and table.has(own):
            label = rate.label.removeprefix("预算").removeprefix("资金")
            yield Derived("rate-differs", table, column, f"{when}{label}", bases, _records(table))


def _word(key: str, kind: str) -> str:
    money = kind in ("funds", "districts") and key in SHORT
    return SHORT[key] if money else standard_registry().field(key, kind).label


def _quotient(table: Table, above: Column, below: Column) -> Callable[[int], Expression]:
    return lambda record: quotient(_figure(table, record, above), _figure(table, record, below))


def _part(table: Table, column: Column, whole: Expression) -> Callable[[int], Expression]:
    return lambda record: quotient(_figure(table, record, column), whole)


def _rest(table: Table, whole: Column, less: Column) -> Callable[[int], Expression]:
    return lambda record: difference(_figure(table, record, whole), _figure(table, record, less))


def _figure(table: Table, record: int, column: Column) -> Given:
    return table.given_in(record, column, f"{record_name(table, record)}{column.label}")


def _by_words(table: Table, column: Column, last: str) -> Iterator[Derived]:
    """A rate of no field: the column whose name its stem is in, by the columns that a plan is named by.

    The characters of the stem in any order, so that 户数完成率 is of 完成户数; the nearest column to the left goes first.
    """
    stem = next(last.removesuffix(word) for word in RELATIONS.words.rate if last.endswith(word))
    near = _near(table, column)
    above = next((each for each in near if stem and set(stem) <= set(plain(each.label))), None)
    if above is None:
        return
    below = [
        each
        for each in near
        if each is not above
        and each.unit.dimension == above.unit.dimension
        and any(word in plain(each.label) for word in RELATIONS.words.plan)
    ]
    bases = tuple(Basis(f"{above.label}÷{each.label}", _quotient(table, above, each)) for each in below)
    if bases:
        yield Derived(
            "rate-differs", table, column, column.label, bases, _records(table), sure=len(bases) == 1
        )


def _near(table: Table, column: Column) -> list[Column]:
    """The amounts a column may follow from: under the same upper header where it has one, the nearest to the left first."""
    upper = column.path[:-1]
    amounts = [
        each
        for each in table.columns
        if each is not column and each.numbers is not None and additive(table, each)
    ]
    same = [each for each in amounts if each.path[:-1] == upper] if upper else []
    chosen = same if len(same) > 1 else amounts
    return sorted(
        chosen, key=lambda each: (each.position > column.position, abs(each.position - column.position))
    )


def _share(table: Table, column: Column, when: str) -> Iterator[Derived]:
    """A share of a column: the rows against their sum, for the column that most rows uphold, the nearest going first."""
    if table.kind not in RELATIONS.shares.kinds:
        return
    data = _records(table, Role.DATA)
    stages = [each for key in ("planned", "budget", "received", "spent") if (each := table.column(key))]
    candidates = dict.fromkeys([*(stages if table.kind == "funds" else ()), *_near(table, column)])
    bases = []
    for each in candidates:
        whole = _whole(table, each, data)
        if whole is not None:
            bases.append(Basis(f"{each.label}÷合计", _part(table, each, whole)))
    if not bases or len(data) < 2:
        return
    found = Derived("share-differs", table, column, f"{when}占比", tuple(bases), data, sure=False)
    best = max(bases, key=lambda basis: len(found.fitting(basis)))
    yield replace(found, bases=(best,))


def _whole(table: Table, column: Column, data: Sequence[int]) -> Expression | None:
    """What a share is of: the printed total of a long table, else the sum of the rows; None where neither is to be had."""
    if len(data) > _LONG:
        record = next(table.records(Role.TOTAL), None)
        return None if record is None else _figure(table, record, column)
    parts = [record for record in data if column.missing[record] != int(Missing.COVERED)]
    return total([_figure(table, record, column) for record in parts])


def _balance(table: Table, column: Column, when: str) -> Iterator[Derived]:
    """A balance: the whole less what went of it; the pair that most rows uphold, the declared order going first."""
    for balance in RELATIONS.balances:
        last = plain(column.path[-1] if column.path else column.label)
        if not any(word in last for word in balance.words):
            continue
        pairs = [
            (whole, less)
            for whole in balance.wholes
            for less in balance.less
            if (one := table.column(whole)) is not None
            and (other := table.column(less)) is not None
            and one.unit.dimension == other.unit.dimension == column.unit.dimension
        ]
        columns = {key: each for key in (*balance.wholes, *balance.less) if (each := table.column(key))}
        bases = tuple(
            Basis(
                f"{_word(whole, table.kind)}－{_word(less, table.kind)}",
                _rest(table, columns[whole], columns[less]),
            )
            for whole, less in pairs
        )
        if bases:
            label = f"{when}{column.label}"
            found = Derived("balance-differs", table, column, label, bases, _records(table), len(bases) == 1)
            best = max(bases, key=lambda basis: len(found.fitting(basis)))
            yield replace(found, bases=(best,))


def _verdict(found: Derived) -> tuple[str, Basis]:
    """How a column stands to its bases: it holds (or fails row by row), lacks its sign, is on another basis, or on none."""
    first = found.bases[0]
    known, held = found.known(first), found.fitting(first)
    if found.code == "rate-differs" and known - held:
        bare = found.fitting(first, 2)
        if bare >= known - held and _unsigned(found):
            return "unsigned", first
        for other in found.bases[1:]:
            if found.fitting(other) >= found.known(other) >= known and len(found.fitting(other)) > len(held):
                return "other", other
    upheld = {record for record in held if value_of(first.of(record)) not in (Fraction(0), Fraction(1))}
    if not found.sure:
        best = max(found.bases, key=lambda basis: len(found.fitting(basis)))
        if found.code == "rate-differs" and best is not first and len(found.fitting(best)) > len(held):
            return "holds", best
        if not upheld:
            return "unknown", first
    elif len(known) > 2 and not held:
        return "none", first
    return "holds", first


def _unsigned(found: Derived) -> bool:
    """Whether no cell of a column shows a sign, so that its figures may all be in hundredths."""
    raws = [found.printed(record).raw for record, *_ in found.rows]
    return not any("%" in raw or "％" in raw for raw in raws)


def _constraints(evaluation: Evaluation) -> Iterator[Constraint]:
    """Each figure of a derived column against what the others give, where its basis is known."""
    for found, verdict, basis in _judged(evaluation):
        if verdict != "holds":
            continue
        for record, printed, quantity in found.rows:
            if quantity.unit.dimension != (
                RATIO.dimension if found.code != "balance-differs" else quantity.unit.dimension
            ):
                continue
            name = record_name(found.table, record)
            yield Constraint(
                found.code,
                f"{name}{found.label}",
                printed,
                basis.of(record),
                f"{name}的{found.label}印为 {{printed}}，按{basis.words}计算为 {{recomputed}}。",
                f"按{basis.words}重算{found.label}",
            )


def _columns(evaluation: Evaluation) -> Iterator[Finding]:
    """Whole columns that lack their sign or stand on another basis, and rates of rows that have no denominator."""
    for found, verdict, basis in _judged(evaluation):
        rows = [(printed, record) for record, printed, _ in found.rows]
        if not rows:
            continue
        if verdict == "unsigned":
            yield _finding(
                found,
                "rate-without-sign",
                Severity.HINT,
                f"{found.table.name}的“{found.label}”一列没有百分号（如 {rows[0][0].raw}），按{basis.words}应读作百分数。",
                basis,
                "在这一列加上百分号，或在表头注明（%）",
            )
        elif verdict in ("other", "none"):
            known = found.known(found.bases[0])
            record = next(r for r, *_ in found.rows if r in known and r not in found.fitting(found.bases[0]))
            own = _text(found, record, found.bases[0])
            said = f"{found.table.name}的“{found.label}”一列（如{found.printed(record).label} {found.printed(record).text}）"
            yield _finding(
                found,
                "rate-basis",
                Severity.WARNING,
                f"{said}只有按{basis.words}才成立；按{found.bases[0].words}为 {own}。"
                if verdict == "other"
                else f"{said}没有一个数等于{found.bases[0].words}（{own}），表中没有说明是按什么计算的。",
                basis,
                "写明比率的分母",
                record,
            )
        if found.code == "rate-differs":
            yield from _undefined(found)


def _undefined(found: Derived) -> Iterator[Finding]:
    for record, printed, quantity in found.rows:
        given = found.bases[0].of(record)
        if quantity.value == 0 or value_of(given) is not Missing.NOT_APPLICABLE:
            continue
        name = record_name(found.table, record)
        yield Finding(
            "rate-undefined",
            Severity.WARNING,
            f"{name}{found.label}",
            f"{name}的{found.label}印为 {printed.text}，但按{found.bases[0].words}，分母为 0，没有比率可言。",
            printed=printed.text,
            recomputed=Missing.NOT_APPLICABLE.label,
            cells=cells_of(printed, given),
            remedy="补报分母，或说明没有预算的支出从何而来",
        )


def _finding(
    found: Derived,
    code: str,
    severity: Severity,
    message: str,
    basis: Basis,
    remedy: str,
    first: int | None = None,
) -> Finding:
    record = found.rows[0][0] if first is None else first
    printed = found.printed(record)
    return Finding(
        code,
        severity,
        f"{found.table.name}{found.label}",
        message,
        printed=printed.raw if code == "rate-without-sign" else printed.text,
        recomputed=_text(found, record, found.bases[0]),
        cells=cells_of(*(each for _, each, _ in found.rows), basis.of(record)),
        remedy=remedy,
    )


def _text(found: Derived, record: int, basis: Basis) -> str:
    value, quantity = value_of(basis.of(record)), found.printed(record).quantity
    assert quantity is not None
    return (
        quantity_text(value, RATIO, max(quantity.places, 4)) if isinstance(value, Fraction) else value.label
    )


CHECKS: Sequence[Check] = (
    Check("share-differs", "占比与金额之比", "占比等于各行的数除以合计", constrain=_constraints),
    Check(
        "rate-differs",
        "表中比率与两数之比",
        "执行率、到位率、完成率、开工率等等于表中两数之比；整列缺百分号、整列按另一口径、分母为 0 的各作一项",
        find=_columns,
        also=("rate-basis", "rate-without-sign", "rate-undefined"),
    ),
    Check("balance-differs", "结余", "结余等于到位（或预算）减支出"),
)
