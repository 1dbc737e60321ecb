"""Recalculated, every value of a working paper is what results.json records, to the last printed digit."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from wenxiao.evaluation import district_view
from wenxiao.model import Missing, half_up
from wenxiao.reports.figure_records import FigureRecord
from wenxiao.reports.working_paper.text import cell_text

from tests.reports.working_paper.cases import FIVE, TIES
from tests.reports.working_paper.conftest import Checked, cases
from tests.reports.working_paper.recalculation import POISON

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(900)]
Papers = dict[str, Checked]
ALL = tuple(cases())
"""Every case that has not been typed into."""
_DECIMALS = re.compile(r"\.(\d+)")


def assert_same(found: object, record: FigureRecord, where: str) -> None:
    """A cell shows what the record says: the printed digits of the text, and the exact value within a float's reach."""
    if record.value is None:
        assert isinstance(found, str), f"{where}: {found!r}, not {record.text}"
        assert record.text.startswith(found), where
        return
    assert isinstance(found, int | float), f"{where}: {found!r}"
    exact = Decimal(record.value)
    assert abs(Decimal(found) - exact) <= Decimal("1e-12") * max(1, abs(exact)), f"{where}: {found!r}"
    printed = _DECIMALS.search(record.text)
    places = (len(printed[1]) if printed else 0) + (2 if "%" in record.text else 0)
    shown = half_up(round(Decimal(found), 12), places)
    assert shown == half_up(exact, places), f"{where}: {found!r} is not {record.text}"


def lines(sheet: Worksheet) -> list[list[object]]:
    """The rows below the head, up to the last that names something."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[0].value is not None]


@pytest.mark.parametrize("name", ALL)
def test_every_measure(papers: Papers, name: str) -> None:
    """计算底稿 has a line for every measure that is recorded, and no other."""
    paper = papers[name]
    found = {str(row[0]): row[4] for row in lines(paper.values["计算底稿"])}
    recorded = {cell_text(measure.key): measure for measure in paper.record.measures}
    assert found.keys() == recorded.keys()
    assert found
    for key, value in found.items():
        assert_same(value, recorded[key], f"{name} {key}")


def test_typed_figures_are_followed(papers: Papers) -> None:
    """With another project's figures typed in, a paper gives that project's results: missing scores come in, steps change."""
    found = {str(row[0]): row[4] for row in lines(papers["retyped"].values["计算底稿"])}
    before = {measure.key: measure.text for measure in papers["scored"].record.measures}
    after = {measure.key: measure for measure in papers["retyped"].record.measures}
    assert found.keys() == after.keys()
    for key, value in found.items():
        if after[key].value is None:
            assert value in {kind.label for kind in Missing}, key
        else:
            assert_same(value, after[key], key)
    changed = {key for key, measure in after.items() if measure.text != before[key]}
    assert {"total_score", "computed_score/产出/数量/改造小区", "execution_rate/全项目"} <= changed
    assert before["total_score"].startswith("暂不计分")


def test_hundreds_are_compared(papers: Papers) -> None:
    """The comparison is not empty: measures of the five projects, and formulas behind them."""
    measures = sum(len(papers[name].record.measures) for name in FIVE)
    assert measures > 200
    assert sum(paper.formulas for paper in papers.values()) > 3 * measures


@pytest.mark.parametrize("name", ALL)
def test_recalculation_has_happened(papers: Papers, name: str) -> None:
    """Every formula held a wrong value before; after, none does, none is an error, and all are what the paper keeps."""
    paper, compared = papers[name], 0
    for sheet in paper.written:
        for row in sheet.iter_rows():
            for cell in row:
                value = paper.values[sheet.title][cell.coordinate].value
                where = f"{name} {sheet.title}!{cell.coordinate}"
                assert not (
                    isinstance(value, str) and re.match(r"#(N/A|VALUE|REF|DIV|NAME|NUM|NULL)|Err:", value)
                ), where
                if cell.data_type != "f":
                    continue
                compared += 1
                kept = paper.kept[sheet.title][cell.coordinate].value
                assert str(value) != POISON, where
                if isinstance(kept, int | float):
                    assert isinstance(value, int | float), f"{where}: {value!r}, not {kept!r}"
                    assert value == pytest.approx(kept, rel=1e-12, abs=1e-12), where
                else:
                    assert (value or "") == (kept or ""), where
    assert compared == paper.formulas > 0


@pytest.mark.parametrize("name", ["mudan-2023", "linyi-2021", "ejinhoro-2022", "scored", "retyped"])
def test_the_scorecard(papers: Papers, name: str) -> None:
    """分值, 得分, 得分率 and 失分 of every indicator, the totals and the grade."""
    paper = papers[name]
    card, rows = paper.record.scorecard, lines(paper.values["评分表"])
    assert card is not None
    for indicator, row in zip(card.indicators, rows, strict=False):
        assert str(row[0]).strip("　") == indicator.name
        for value, record in zip(
            row[3:7], (indicator.weight, indicator.score, indicator.score_rate, indicator.lost), strict=True
        ):
            assert_same(value, record, f"{name} {indicator.path}")
    total, grade = rows[len(card.indicators)], rows[len(card.indicators) + 1]
    for value, record in zip(total[3:6], (card.weights, card.total, card.total_rate), strict=True):
        assert_same(value, record, f"{name} 合计")
    assert grade[4] == (paper.record.verdict.grade or card.total.text)


@pytest.mark.parametrize("name", ["linyi-2021", "district", "indicators", *TIES])
def test_the_ranking(papers: Papers, name: str) -> None:
    """Score, rank, 并列 and grade of every district, after each policy on ties; the list by rank agrees."""
    paper = papers[name]
    ranking, rows = paper.record.ranking, lines(paper.values["名次"])
    assert ranking is not None
    by_name = {row[0]: row for row in rows}
    assert list(by_name) == [place.district for place in cases()[name][0].ranking.places]
    for place in ranking.places:
        row = by_name[place.district]
        where = f"{name} {place.district}"
        assert_same(row[1], place.score, where)
        if place.rank is None:
            assert isinstance(row[3], str), where
        else:
            assert Decimal(str(row[3])) == Decimal(place.rank), where
        assert (row[4] == "并列") is place.tied, where
        assert place.grade is None or row[5] == place.grade, where
    listed = lines(paper.values["按名次"])
    by_rank = sorted(
        rows, key=lambda row: (isinstance(row[3], str), row[3] if not isinstance(row[3], str) else 0)
    )
    assert [row[:2] for row in listed] == [[row[0], row[3]] for row in by_rank]


@pytest.mark.parametrize("name", TIES)
def test_ranks_within_a_mode(papers: Papers, name: str) -> None:
    """现场 and 非现场 are ranked each by itself, after the same policy."""
    evaluation, _ = cases()[name]
    assert evaluation.ranking is not None
    rows = {str(row[0]): row for row in lines(papers[name].values["名次"])}
    compared = 0
    for place in evaluation.ranking.places:
        if place.rank_in_mode is not None:
            compared += 1
            assert rows[place.district][10] == float(place.rank_in_mode), place.district
    assert compared == 10


def test_the_verdict(papers: Papers) -> None:
    """Score, grade and execution rate of each project."""
    for name in FIVE:
        record, (row,) = papers[name].record.verdict, lines(papers[name].values["评价结论"])
        assert_same(row[1], record.score, name)
        assert row[3] == (record.grade or record.score.text)
        assert_same(row[5], record.execution_rate, name)


def test_a_districts_positions(papers: Papers) -> None:
    """The place of a district among the others by each figure."""
    evaluation, district = cases()["street"]
    rows = lines(papers["street"].values["位置"])
    positions = district_view(evaluation, district).positions
    assert [row[3:5] for row in rows] == [[each.rank, each.of] for each in positions]
    assert sum(each.rank is not None for each in positions) >= 5
