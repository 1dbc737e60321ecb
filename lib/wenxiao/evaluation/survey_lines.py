"""The lines of survey tables (满意度调查表) as counties lay them out: a line a group, a district or a question, or a line an answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wenxiao.evaluation.claims import WHOLE
from wenxiao.fields.wording import plain
from wenxiao.model import Given, Missing, Role, Table
from wenxiao.model.units import PERSONS, RATIO
from wenxiao.project.profile import OPTIONS, option_labels

_COUNTS = {"人数", "份数", "票数", "数量", "频数", "选择人数", "人次", "问卷数", "样本数", "数目"}
_SHARES = {"占比", "比例", "百分比", "比重", "所占比例", "占比情况", "率"}
_LEVELS = ("district", "group", "question")


@dataclass(frozen=True, eq=False)
class SurveyLine:
    """One line as given: `options` are counts of answers by key, `shares` printed percentages of them.

    `name` says who was asked (and what), `key` is that name made unique among all lines. `size_word` names what
    `respondents` counts; where no valid forms are given, those returned stand in, and it says so.
    """

    table: str
    key: str
    name: str
    question: str
    whole: bool
    issued: Given
    returned: Given
    respondents: Given
    satisfied: Given
    printed: Given
    options: Mapping[str, Given]
    shares: Mapping[str, Given]
    size_word: str = "样本数"

    @property
    def complete(self) -> bool:
        """Whether at least two answers are listed and each has its count."""
        return len(self.options) > 1 and all(given.quantity is not None for given in self.options.values())


def survey_lines(table: Table, tables: Sequence[Table] = ()) -> Iterator[SurveyLine]:
    """The lines of one table in sheet order, its total last; a name that another table bears too gets the table's before it."""
    others = {
        name for other in tables if other is not table and other.kind == table.kind for name in _names(other)
    }
    shares = {record: below for record, below in _pairs(table) if below is not None}
    taken = set(shares.values())
    for record in (*table.records(), *table.records(Role.TOTAL)):
        if record in taken:
            continue
        line = _line(table, record, shares.get(record))
        if line is not None:
            yield replace(line, key=f"{table.name}/{line.name}") if line.name in others else line


def _names(table: Table) -> set[str]:
    return {_name(table, record) for record in table.records(Role.DATA, Role.TOTAL)}


def _name(table: Table, record: int) -> str:
    if table.roles[record] == Role.TOTAL:
        return WHOLE
    said = dict.fromkeys(_down(table, record, key) for key in _LEVELS)
    name = "·".join(text for text in said if text and plain(text) not in _COUNTS | _SHARES)
    return name or WHOLE


def _down(table: Table, record: int, key: str) -> str:
    """The text of a cell, or of the merged cell it lies in."""
    column = table.column(key)
    while column is not None and record > 0 and column.missing_kind(record) is Missing.COVERED:
        record -= 1
    return "" if column is None else column.text(record)


def _pairs(table: Table) -> Iterator[tuple[int, int | None]]:
    """Each record with the one that gives its percentages: 占比 beside 人数."""
    records = list(table.records())
    for record, following in itertools.pairwise(records):
        words = [plain(_down(table, each, "group")) for each in (record, following)]
        if words[0] in _COUNTS and words[1] in _SHARES:
            yield record, following


def _line(table: Table, record: int, shares_at: int | None) -> SurveyLine | None:
    name = _name(table, record)
    labels = option_labels()
    options: dict[str, Given] = {}
    shares: dict[str, Given] = {}
    for key in OPTIONS:
        given = _person(table.given(record, key, f"{name}{labels[key]}"))
        if not table.has(key):
            continue
        ratio = given.quantity is not None and given.quantity.unit.dimension == RATIO.dimension
        (shares if ratio else options)[key] = given
        if shares_at is not None:
            shares[key] = table.given(shares_at, key, f"{name}{labels[key]}占比")
    issued, returned, respondents, satisfied, printed = (
        _person(table.given(record, key, f"{name}{word}"))
        for key, word in (
            ("issued", "发放问卷数"),
            ("returned", "回收问卷数"),
            ("respondents", "样本数"),
            ("satisfied", "满意人数"),
            ("rate", "满意度"),
        )
    )
    word = "样本数"
    added = _person(table.given(record, "answers_total", f"{name}答卷合计"))
    if respondents.quantity is None and added.quantity and added.quantity.unit == PERSONS:
        respondents = added
    if respondents.quantity is None and not table.has("respondents") and returned.quantity is not None:
        respondents, word = returned, "回收问卷"
    if all(
        given.quantity is None
        for given in (respondents, satisfied, printed, *options.values(), *shares.values())
    ) and not table.has("rate"):
        return None
    options = {key: given for key, given in options.items() if given.content is not Missing.NOT_APPLICABLE}
    question = _down(table, record, "question")
    return SurveyLine(
        table.name, name, name, question, name == WHOLE and table.roles[record] == Role.TOTAL,
        issued, returned, respondents, satisfied, printed, options, shares, word,
    )  # fmt: skip


def _person(given: Given) -> Given:
    """A whole number of answers as a count of people, which nobody has rounded; 份 and no unit mean the same here."""
    quantity = given.quantity
    if (
        quantity is None
        or quantity.unit.dimension not in ("number", "pieces", "persons")
        or quantity.unit.exponent
    ):
        return given
    if quantity.places > 0 or quantity.qualifier:
        return given
    return replace(given, content=replace(quantity, unit=PERSONS, exact=True))
