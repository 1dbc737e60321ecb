"""Tables messed up by what offices do to them come out the same (hypothesis)."""

import os
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from wenxiao.model import Role, Severity
from wenxiao.sheets.cells.digits import digits_of
from wenxiao.sheets.cells.figures import Meaning, figures_of
from wenxiao.sheets.cells.texture import texture_of, textures_of
from wenxiao.sheets.cells.value import reading

from tests.sheets import written
from tests.sheets.written import read

NAMES = (
    "兰山区",
    "罗庄区",
    "河东区",
    "沂南县",
    "郯城县",
    "沂水县",
    "兰陵县",
    "平邑县",
    "费县",
    "莒南县",
    "蒙阴县",
    "临沭县",
)
HEADERS = ("户数", "楼栋数", "改造面积", "预算数", "到位数", "支出数", "补助系数", "走访次数")
EXAMPLES = int(os.environ.get("WENXIAO_EXAMPLES_TRIED", "100"))
"""How many messed-up tables are tried; docs/sheets.md tells how many were, once."""
MONEY = frozenset({"预算数", "到位数", "支出数"})

amounts = st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False)


@dataclass(frozen=True)
class Plain:
    """A table as it should come out: names, headers, and figures by row."""

    names: tuple[str, ...]
    headers: tuple[str, ...]
    figures: tuple[tuple[Decimal, ...], ...]


@st.composite
def plains(draw: st.DrawFn) -> Plain:
    """A table of 3–8 districts and 2–5 columns of figures."""
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=8, unique=True)))
    headers = tuple(draw(st.lists(st.sampled_from(HEADERS), min_size=2, max_size=5, unique=True)))
    figures = tuple(tuple(draw(amounts) for _ in headers) for _ in names)
    return Plain(names, headers, figures)


@dataclass(frozen=True)
class Mess:
    """What is done to a table before it is sent in."""

    titles: int
    unit_in_header: bool
    total: str
    texts: bool
    blank_rows: frozenset[int]
    blank_column: int | None
    grouped: bool
    merged: bool
    notes: bool
    copies: str


messes = st.builds(
    Mess,
    titles=st.integers(0, 3),
    unit_in_header=st.booleans(),
    total=st.sampled_from(["none", "first", "middle", "last"]),
    texts=st.booleans(),
    blank_rows=st.frozensets(st.integers(1, 6), max_size=2),
    blank_column=st.none() | st.integers(1, 4),
    grouped=st.booleans(),
    merged=st.booleans(),
    notes=st.booleans(),
    copies=st.sampled_from(["one", "below", "beside"]),
)


def block(plain: Plain, mess: Mess) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    """The rows of one messed-up table, and its merges."""
    unit = "（万元）" if mess.unit_in_header else ""
    names = [header + (unit if header in MONEY else "") for header in plain.headers]
    header: list[list[object]] = [["县区", *names]]
    merges: list[tuple[int, int, int, int]] = []
    if mess.grouped:
        header = [["县区", "2023年度", *[None] * (len(names) - 1)], [None, *names]]
        if mess.merged:
            merges = [(0, 0, 1, 0), (0, 1, 0, len(names))]
    cell = (lambda value: f"{value:,.2f}") if mess.texts else float
    body: list[list[object]] = [
        [name, *map(cell, row)] for name, row in zip(plain.names, plain.figures, strict=True)
    ]
    if mess.total != "none":
        total = ["合  计", *(cell(sum(column)) for column in zip(*plain.figures, strict=True))]
        body.insert({"first": 0, "middle": len(body) // 2, "last": len(body)}[mess.total], total)
    for at in sorted(mess.blank_rows, reverse=True):
        if at < len(body):
            body.insert(at, [None] * (len(names) + 1))
    titles: list[list[object]] = [["2023年度各县区情况表"], ["填报单位：住建局"], ["报送日期：2024年1月"]][
        : mess.titles
    ]
    if not mess.unit_in_header and MONEY & set(plain.headers):
        titles.append(["单位：万元"])
    notes: list[list[object]] = [["注：数据截至12月底。"], ["数据来源：各县区报送。"]] if mess.notes else []
    merges = [(top + len(titles), left, bottom + len(titles), right) for top, left, bottom, right in merges]
    rows = [*titles, *header, *body, *notes]
    at = mess.blank_column
    if at is not None and at <= len(names) and mess.copies != "beside" and not mess.grouped:
        rows = [[*row[:at], None, *row[at:]] if len(row) > at else row for row in rows]
    return rows, merges


def placed(plain: Plain, mess: Mess) -> tuple[list[list[object]], list[tuple[int, int, int, int]], int]:
    """The whole sheet, its merges, and how many tables are on it."""
    rows, merges = block(plain, mess)
    if mess.copies == "below":
        again = [["续表1"], *rows] if not mess.titles else rows
        start = len(rows) + 1
        shift = start + (0 if mess.titles else 1)
        merges = merges + [(top + shift, left, bottom + shift, right) for top, left, bottom, right in merges]
        return [*rows, [None], *again], merges, 2
    if mess.copies == "beside":
        width = max(map(len, rows))
        gap = width + 1
        merges = merges + [(top, left + gap, bottom, right + gap) for top, left, bottom, right in merges]
        return [[*row, *[None] * (gap - len(row)), *row] for row in rows], merges, 2
    return rows, merges, 1


def sheet(path: Path, rows: list[list[object]], merges: list[tuple[int, int, int, int]]) -> Path:
    """The workbook with these rows and merges."""
    from wenxiao.model import CellRef

    ranges = [
        f"{CellRef('', '', top + 1, left + 1).address}:{CellRef('', '', bottom + 1, right + 1).address}"
        for top, left, bottom, right in merges
        if (top, left) != (bottom, right)
    ]
    return written.xlsx(path, rows, merges=ranges)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(plains(), messes)
def test_messed_up_tables_come_out_the_same(plain: Plain, mess: Mess) -> None:
    """Titles, merged or split headers, totals anywhere, units moved, text numbers, blanks and copies change nothing."""
    rows, merges, count = placed(plain, mess)
    event(f"{mess.copies}, {'grouped' if mess.grouped else 'flat'}")
    with tempfile.TemporaryDirectory() as folder:
        reading_ = read(sheet(Path(folder) / "a.xlsx", rows, merges))
    assert len(reading_.tables) == count
    for table in reading_.tables:
        data = list(table.records())
        district = table.column("district")
        assert district is not None
        assert tuple(district.text(record) for record in data) == plain.names
        figures = [column for column in table.columns if column.numeric]
        assert tuple(column.path[-1] for column in figures) == plain.headers
        assert tuple(tuple(column.number(record) for column in figures) for record in data) == plain.figures
        assert len(list(table.records(Role.TOTAL))) == (mess.total != "none")
        for column in figures:
            assert column.unit.symbol == (
                "万元" if column.label.split("/")[-1] in MONEY else column.unit.symbol
            )


@dataclass(frozen=True)
class Look:
    """How a table of groups is laid out and how its figures are shown."""

    nested: bool
    rated: bool
    years: bool
    scaled: bool
    marked: bool
    hidden: bool
    total_first: bool


looks = st.builds(Look, *[st.booleans()] * 7)


@st.composite
def groups_of_districts(draw: st.DrawFn) -> list[list[tuple[str, list[Decimal]]]]:
    """One to three groups of two to four districts, each with two amounts of which the second is the smaller."""
    names = iter(draw(st.permutations(NAMES)))
    return [
        [
            (next(names), sorted((draw(amounts) + 1, draw(amounts) + 1), reverse=True))
            for _ in range(draw(st.integers(2, 4)))
        ]
        for _ in range(draw(st.integers(1, 3)))
    ]


def laid_out(
    groups: list[list[tuple[str, list[Decimal]]]], look: Look
) -> tuple[list[list[object]], list[int]]:
    """The rows of the sheet, and which of them are hidden."""

    def shown(name: str, figures: list[Decimal], raised: bool = False) -> list[object]:
        cells: list[object] = [
            (int(figure * 10000), "0!.0000") if look.scaled else (float(figure), "#,##0.00")
            for figure in figures
        ]
        if raised:
            cells[0] = [(f"{figures[0]:,.2f}", ""), ("1", written.RAISED)]
        rate = round(figures[1] / figures[0], 4)
        return [name, *cells, *([(float(rate), "0.00%")] if look.rated else [])]

    def summed(rows: list[tuple[str, list[Decimal]]]) -> list[Decimal]:
        return [sum(column, Decimal(0)) for column in zip(*(figures for _, figures in rows), strict=True)]

    every = [row for group in groups for row in group]
    total = shown("合计", summed(every))
    headers = ["2022年", "2023年"] if look.years else ["预算数", "支出数"]
    rows: list[list[object]] = [
        ["各县区老旧小区改造支出情况表"],
        ["单位：万元"],
        ["县区", *headers, *(["执行进度"] if look.rated else [])],
    ]
    rows += [total] if look.total_first else []
    hidden = []
    for number, group in enumerate(groups):
        rows += [
            shown(name, figures, look.marked and number == at == 0)
            for at, (name, figures) in enumerate(group)
        ]
        if look.hidden and number == 0:
            hidden.append(len(rows))
            rows.append(shown("高新区", [Decimal("77.7"), Decimal("33.3")]))
        if look.nested and len(groups) > 1:
            rows.append(shown("小计", summed(group)))
    rows += [] if look.total_first else [total]
    return rows, hidden


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(groups_of_districts(), looks)
def test_what_is_shown_comes_back_or_is_questioned(
    groups: list[list[tuple[str, list[Decimal]]]], look: Look
) -> None:
    """Nested totals, rates, years across, scaled numbers, footnote marks and hidden rows: the same districts and figures.

    Where they are not, an error or a warning says so; a sum never has its parts beside it.
    """
    rows, hidden = laid_out(groups, look)
    with tempfile.TemporaryDirectory() as folder:
        reading_ = read(written.xlsx(Path(folder) / "a.xlsx", rows, hidden_rows=hidden))
    if any(finding.severity in (Severity.ERROR, Severity.WARNING) for finding in reading_.findings):
        event("questioned")
        return
    (table,) = reading_.tables
    district = table.column("district")
    assert district is not None
    every = [row for group in groups for row in group]
    data = list(table.records())
    assert [district.text(record) for record in data] == [name for name, _ in every]
    money = [column for column in table.columns if column.unit.symbol == "万元"]
    assert [[column.number(record) for column in money] for record in data] == [
        figures for _, figures in every
    ]
    assert len(list(table.records(Role.TOTAL))) == 1
    assert bool(hidden) == ("sheet-hidden-rows" in written.codes(reading_))


@given(
    st.lists(
        st.floats(allow_nan=False, allow_infinity=False, width=64, min_value=-1e14, max_value=1e14),
        min_size=1,
    )
)
def test_numeric_cells_are_their_fifteen_digits(numbers: list[float]) -> None:
    """Every number is exactly the decimal that a spreadsheet shows of it with 15 significant digits, to 18 decimals."""
    textures = textures_of(numbers)
    figures = figures_of(numbers, textures, None, Meaning())
    for number, decimal in zip(numbers, figures.numbers.to_pylist(), strict=True):
        wanted = Decimal(f"{number:.15g}")
        if -int(wanted.as_tuple().exponent) > 18:
            wanted = wanted.quantize(Decimal(1).scaleb(-18), "ROUND_HALF_UP")
        assert decimal == wanted


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False), st.booleans())
def test_printed_numbers_are_read_back(number: Decimal, thousands: bool) -> None:
    """A number printed with or without thousands is read with all its digits."""
    text = f"{number:,.3f}" if thousands else f"{number:.3f}"
    assert (reading(text).number, reading(text).places) == (number, 3)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=20))
def test_long_columns_are_seen_as_short_ones(few: list[str]) -> None:
    """The quick look at long columns never differs from looking at each cell."""
    texts = few * (2200 // len(few) + 1)
    assert textures_of(texts).tolist() == [int(texture_of(text)) for text in texts]


@given(
    st.lists(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False), min_size=1, max_size=20)
)
def test_many_texts_at_once_are_read_as_one_by_one(numbers: list[Decimal]) -> None:
    """Plain numeric texts taken all at once are the same as taken singly."""
    texts = [f"{number:,.2f}" for number in numbers] * (2000 // len(numbers) + 1)
    digits = digits_of(texts, textures_of(texts), words_allowed=False)
    assert digits.valid.all()
    assert [Decimal(int(whole)).scaleb(-2) for whole in digits.whole[: len(numbers)]] == numbers
