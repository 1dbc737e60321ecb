"""The rows of a scorecard as scoring reads them: 分值, the score as filled in, 指标值 and 完成值 as figures and as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from wenxiao.model import CellRef, Given, Missing, Quantity, Role, Table
from wenxiao.model.units import NUMBER, PIECES, Unit
from wenxiao.sheets.cells.value import reading

_COUNT = re.compile(r"\s*([≥≤><=≧≦]?\s*\d[\d,]*(?:\.\d+)?)\s*([^\W\d_年月日号]{1,3})\s*$")
"""A number and the word it counts in; a year, a month or a day counts nothing."""
CEILING = ("≤", "<")
"""Before a 指标值 that is not to be exceeded."""
_LED = re.compile(
    r"(?![^\d]*[未没不尚约近超拟预])[^\d\W]{0,6}?(?:完成|达到|达|实现|建成|共|计)[了:： ]?\s*(\d[^，,；;。、]*)"
)
"""A figure behind the verb that states it: 实际完成20场, 累计建成 35 公里; not what was not done, or is only about to be."""
_NOTHING = re.compile(r"(?:暂?无|没有|不存在)(?:明显|重大)?(?:偏差|原因|问题|异常|说明)?")
LEVELS = ("level1", "level2", "level3")
SCORES = ("score", "final_score", "reviewed_score", "initial_score", "self_score")
"""Where a score may stand, the one that counts first."""
GIVEN = ("final_score", "reviewed_score", "initial_score")
"""The stages whose latest is the 得分 of a 评分底稿, by the formula of its sheet."""
MARKS = ("data_source", "calculation", "preparer", "decision")
"""Fields that only a 评分底稿 has: two of them tell one from a scorecard as it is published."""


@dataclass(frozen=True, eq=False)
class ScoreRow:
    """One indicator of the lowest level: its path from the first, 分值, 得分, 指标值, 完成值, reason and reviewer.

    `target` and `actual` are figures where the text is one number (≥90%, 46个, 约12万元); `target_text` and `actual_text`
    keep the words. `record` is its position in `table`; `beside` says that it stands in no row of that table.
    """

    path: tuple[str, ...]
    weight: Given
    filled: Given
    target: Given
    actual: Given
    target_text: str
    actual_text: str
    reason: str
    reviewer: str
    table: Table
    record: int
    beside: bool = False

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]

    @property
    def key(self) -> str:
        """Its path as part of a measure's key."""
        return "/".join(self.path)


def paths_of(table: Table) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The records of a scorecard with the path of each; a parent's empty or merged cell is taken from above."""
    paths: list[tuple[int, tuple[str, ...]]] = []
    above: tuple[str, ...] = ()
    for record in table.records(Role.DATA, Role.SUBTOTAL):
        names = [table.text(record, level) for level in LEVELS if table.has(level)]
        filled = [
            name or (above[i] if i < len(above) and any(names[i:]) else "") for i, name in enumerate(names)
        ]
        path = tuple(name for name in filled if name)
        if path:
            paths.append((record, path))
            above = path
    return tuple(paths)


def score_key(table: Table) -> str:
    """The field that holds the score that counts: 得分, else the last stage of review that the table has."""
    return next((key for key in SCORES if table.has(key)), "score")


def is_working_sheet(table: Table) -> bool:
    """Whether a scorecard is a 评分底稿: its title or sheet says so, or it has columns that only one has."""
    named = any("评分底稿" in text for text in (table.title, table.origin.sheet))
    return named or sum(table.has(key) for key in MARKS) >= 2


def is_review(table: Table) -> bool:
    """Whether a scorecard is a 复核表: somebody reviewed in it the scores that a unit gave itself, and no other stage is there."""
    stages = [key for key in SCORES if table.has(key)]
    return stages == ["reviewed_score", "self_score"] and not is_working_sheet(table)


def score_given(table: Table, record: int, label: str) -> Given:
    """The score that counts of one record.

    A 评分底稿 whose formula nobody has worked out (filled in by a program) counts as the formula would: the latest stage.
    """
    found = table.given(record, score_key(table), label)
    if found.quantity is not None or not is_working_sheet(table):
        return found
    stages = (table.given(record, key, label) for key in GIVEN if table.has(key))
    return next((given for given in stages if given.quantity is not None), found)


def score_rows(table: Table) -> tuple[ScoreRow, ...]:
    """The rows of the lowest level of a scorecard, in sheet order."""
    paths = paths_of(table)
    parents = {path[:depth] for _, path in paths for depth in range(1, len(path))}
    return tuple(_row(table, record, path) for record, path in paths if path not in parents)


def _row(table: Table, record: int, path: tuple[str, ...]) -> ScoreRow:
    name = path[-1]
    done = "self_actual" if _confirmed(table, record) else "actual"
    target, actual = against_target(table, record, name, done, "完成值")
    return ScoreRow(
        path=path,
        weight=table.given(record, "weight", f"{name}分值").exact,
        filled=score_given(table, record, f"{name}得分"),
        target=target,
        actual=actual,
        target_text=table.text(record, "target") or _words(target),
        actual_text=table.text(record, done) or _words(actual),
        reason=stated(table, record, "reason") or stated(table, record, "reviewed_reason"),
        reviewer=table.text(record, "reviewer"),
        table=table,
        record=record,
    )


def against_target(table: Table, record: int, name: str, key: str, word: str) -> tuple[Given, Given]:
    """The 指标值 of an indicator and what another column states against it, each as a figure where it is one number."""
    target, other = (
        _stated(table, record, each, f"{name}{of}") for each, of in (("target", "指标值"), (key, word))
    )
    target, other = _alike(_directed(target, table.text(record, "nature")), other)
    return target.exact, other


def _confirmed(table: Table, record: int) -> bool:
    """Whether a review left the 完成值 empty and the score as the unit gave it: then the unit's 完成值 stands."""
    if not is_review(table) or stated(table, record, "actual") or table.given(record, "actual").quantity:
        return False
    own, reviewed = (table.given(record, key).quantity for key in ("self_score", "reviewed_score"))
    return own is not None and reviewed is not None and own.value == reviewed.value


def _directed(target: Given, nature: str) -> Given:
    """A 指标值 with the sign that a column of its own gives it (指标性质 ≤, 指标值 5), where it has none itself."""
    quantity, sign = target.quantity, reading(f"{nature}1").qualifier
    if quantity is None or quantity.qualifier or not sign:
        return target
    return replace(target, content=replace(quantity, qualifier=sign))


def stated(table: Table, record: int, key: str) -> str:
    """What a cell says in words; nothing where it only fills the place (——, /, 无, 无偏差)."""
    text = table.text(record, key)
    words = "".join(character for character in text if character.isalnum())
    return "" if not words or _NOTHING.fullmatch(words) else text


def _alike(target: Given, actual: Given) -> tuple[Given, Given]:
    """Target and actual that count in the same word, though no table of units has it: ≥200期, 146期."""
    texts = [_COUNT.match(given.raw or "") for given in (target, actual)]
    if any(given.quantity for given in (target, actual)) or None in texts:
        return target, actual
    words = {match[2] for match in texts if match}
    if len(words) != 1:
        return target, actual
    unit = Unit(words.pop(), PIECES.dimension)

    def counted(given: Given, text: str) -> Given:
        figure = figure_in(text, given.label, given.cell).quantity
        return (
            given
            if figure is None
            else replace(given, content=replace(figure, unit=unit, exact=figure.places == 0))
        )

    first, second = (counted(g, m[1]) for g, m in zip((target, actual), texts, strict=True) if m)
    return (first, second) if first.quantity and second.quantity else (target, actual)


def _stated(table: Table, record: int, key: str, label: str) -> Given:
    """What a cell states: the number in its text, or the figure where the cell was read as one (46, 46个, 92%)."""
    text, column = table.text(record, key), table.column(key)
    if not text and column is not None and column.number(record) is not None:
        return table.given_in(record, column, label)
    return figure_in(text, label, table.text_cell(record, key))


def _words(figure: Given) -> str:
    return figure.text if figure.quantity else ""


def figure_in(text: str, label: str, cell: CellRef | None = None) -> Given:
    """The one number that a 指标值 or 完成值 states, with its unit and qualifier; words alone are 无法识别.

    >>> figure_in("≥90%", "满意度指标值").text, figure_in("效果明显", "影响").text, figure_in("", "数量").text
    ('≥90%', '无法识别', '未提供')
    """
    if not text.strip():
        return Given(label, Missing.NOT_PROVIDED, cell)
    read = reading(text)
    if read.number is None and (led := _LED.fullmatch(text.strip())):
        read = reading(led[1])
    if read.number is None:
        return Given(label, read.missing or Missing.UNREADABLE, cell, text)
    unit = read.unit or NUMBER
    counted = unit.counts and read.places == 0
    return Given(label, Quantity(read.number, unit, read.places, False, read.qualifier, counted), cell, text)


def meets(done: Given, target: Given) -> bool | None:
    """Whether a figure can reach its 指标值, in the direction that this asks for; None where it cannot be told."""
    reached, aim = comparable(done, target).quantity, target.quantity
    if reached is None or aim is None:
        return None
    high, low, goal = reached.interval.high, reached.interval.low, Fraction(aim.value)
    if aim.qualifier in CEILING:
        return low is None or low <= goal
    if aim.qualifier == "=":
        return reached.interval.holds(goal)
    return high is None or high >= goal


def comparable(actual: Given, target: Given) -> Given:
    """The actual in the target's unit; 无法识别 where the two cannot be compared (46个 against 90%, 92 against 90%).

    A bare number takes the target's unit (46 against 46个), but never a per cent sign, and the other way round.
    """
    done, aim = actual.quantity, target.quantity
    if done is None or aim is None or done.unit == aim.unit:
        return actual
    if done.unit.dimension == aim.unit.dimension:
        return replace(actual, content=done.to(aim.unit))
    bare = NUMBER.dimension in (done.unit.dimension, aim.unit.dimension)
    rates = "ratio" in (done.unit.dimension, aim.unit.dimension)
    if bare and not rates:
        return actual
    return replace(actual, content=Missing.UNREADABLE)
