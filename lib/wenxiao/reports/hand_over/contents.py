"""What may stand in the report, by the names that outlines use: the same words, tables and charts as on the page.

Nothing is worded here a second time, and tables are those of 报告用表. What is internal on the page (findings, corrections,
trials) is for other files of the hand-over, and has no name here; lists and whole scorecards are annexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from wenxiao import charts
from wenxiao import display as show
from wenxiao.display.blocks import Block, Group
from wenxiao.display.inline import plain_text
from wenxiao.display.release import for_audience
from wenxiao.evaluation import district_view
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.official import first_level_scores, scores_by_district
from wenxiao.reports.hand_over.outline import Content, Say, Text


def blocks_of(content: Content, delivery: Delivery) -> tuple[Block, ...]:
    """The blocks of one content of an outline, as the delivery's readers may see them; none where there is no data."""
    match content:
        case Text(text=section):
            given: tuple[object, ...] = (show.words(delivery.project, section),)
        case Say(say=words):
            given = (words,)
        case str() as name:
            given = tuple(CONTENTS[name](delivery))
    blocks = (block for each in given if (block := show.block_of(each)) is not None)
    shown = (for_audience(block, delivery.audience) for block in blocks)
    return tuple(flat for block in shown if block is not None for flat in _flattened(block))


def _flattened(block: Block) -> Iterator[Block]:
    """The blocks of groups one by one, without those for the house alone, which have a file of their own."""
    if block.internal:
        return
    if isinstance(block, Group):
        for each in block.blocks:
            yield from _flattened(each)
    else:
        yield block


def _facts(delivery: Delivery) -> Iterator[object]:
    table = show.facts_table(delivery.project)
    if table is not None:
        # Particulars, each with its own unit: no table to be referred to, and none of figures.
        rows = tuple(replace(row, cells=tuple(map(plain_text, row.cells))) for row in table.rows)
        yield replace(table, title="", rows=rows)


def _funds(delivery: Delivery) -> Iterator[object]:
    evaluation, funds = delivery.evaluation, delivery.evaluation.funds
    yield show.funds_words(funds)
    yield show.funds_table(funds)
    yield charts.funds_by_source(funds)
    yield charts.composition(funds)
    yield show.funds_years_words(funds)
    yield show.funds_years_table(funds)
    yield show.investment_words(evaluation)
    yield show.derived_words(evaluation)


def _outputs(delivery: Delivery) -> Iterator[object]:
    yield show.outputs_words(delivery.evaluation)
    yield show.outputs_table(delivery.evaluation)
    yield charts.plan_against_actual(delivery.evaluation.outputs)


def _works(delivery: Delivery) -> Iterator[object]:
    yield show.works_words(delivery.evaluation)
    yield show.works_table(delivery.evaluation)
    yield charts.works_by_kind(delivery.evaluation.works)
    yield show.contributions_table(delivery.evaluation)


def _verdict(delivery: Delivery) -> Iterator[object]:
    evaluation = delivery.evaluation
    yield show.score_words(evaluation)
    yield first_level_scores(evaluation.scorecard)
    yield charts.grade_bands(evaluation.verdict, evaluation.profile)


def _ranking(delivery: Delivery) -> Iterator[object]:
    yield show.ranking_words(delivery.evaluation.ranking)
    yield scores_by_district(delivery.evaluation)
    yield charts.district_ranking(delivery.evaluation.ranking, word=show.district_word(delivery.project))


def _districts(delivery: Delivery) -> Iterator[object]:
    yield show.districts_words(delivery.evaluation)
    yield show.districts_table(delivery.evaluation)


def _indicators(delivery: Delivery) -> Iterator[object]:
    scorecard = delivery.evaluation.scorecard
    yield show.indicator_words(scorecard)
    yield charts.score_rates(scorecard)
    yield charts.lost_points(scorecard)


def _satisfaction(delivery: Delivery) -> Iterator[object]:
    evaluation = delivery.evaluation
    yield show.satisfaction_words(evaluation)
    yield show.satisfaction_table(evaluation)
    yield show.answers_table(evaluation)
    yield show.survey_words(evaluation)


def _position(delivery: Delivery) -> Iterator[object]:
    view = district_view(delivery.evaluation, delivery.district)
    yield show.position_words(view)
    yield show.position_table(view)


def _own(delivery: Delivery) -> Iterator[object]:
    yield show.districts_table(delivery.evaluation, own=delivery.district)


def _place(delivery: Delivery) -> Iterator[object]:
    evaluation, district = delivery.evaluation, delivery.district
    yield show.place_words(district_view(evaluation, district))
    yield scores_by_district(evaluation, district)
    yield charts.district_ranking(evaluation.ranking, district, show.district_word(delivery.project))


def _gaps(delivery: Delivery) -> Iterator[object]:
    evaluation, district = delivery.evaluation, delivery.district
    view = district_view(evaluation, district)
    yield show.gap_words(view)
    yield show.lacking_words(view)
    yield charts.rates_to_mean(evaluation.robustness, district)
    yield charts.gap_to_mean(evaluation.robustness, district)
    yield show.gap_table(view)
    yield charts.positions(evaluation.district_figures, district, show.district_word(delivery.project))


CONTENTS: Mapping[str, Callable[[Delivery], Iterator[object]]] = MappingProxyType(
    {
        "facts": _facts,
        "funds": _funds,
        "outputs": _outputs,
        "works": _works,
        "conduct": lambda delivery: iter((show.conduct(delivery.evaluation),)),
        "grading": lambda delivery: iter((show.grading(delivery.evaluation.profile, delivery.evaluation),)),
        "denominators": lambda delivery: iter(
            (show.denominators(delivery.evaluation.profile, delivery.evaluation),)
        ),
        "verdict": _verdict,
        "ranking": _ranking,
        "districts": _districts,
        "indicators": _indicators,
        "satisfaction": _satisfaction,
        "position": _position,
        "own": _own,
        "place": _place,
        "gaps": _gaps,
    }
)
"""Every content by its name."""
