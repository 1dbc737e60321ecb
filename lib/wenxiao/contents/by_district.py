"""What a report says of districts: their ranking and how firm it is, their figures, and one of them among its peers."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao import charts
from wenxiao import display as show
from wenxiao.contents.content import READ, Outlet, Part, Subject, content
from wenxiao.display.official import scores_by_district, scores_by_indicator

_DRAWN = Outlet.PAGE | Outlet.SLIDES


content("排名要点", name="ranking_summary")(
    lambda subject: (
        Part(show.ranking_tiles(subject.evaluation), Outlet.PAGE),
        Part(show.ranking_points(subject.evaluation), Outlet.PAGE),
    )
)
content("{district}评价结果", name="ranking")(
    lambda subject: (show.ranking_words(subject.evaluation.ranking),)
)


@content("名次")
def places(subject: Subject) -> Iterator[object]:
    """Every district at its score; paper lists them in administrative order, and by rank in the annex."""
    evaluation, own = subject.evaluation, subject.district
    if not own:
        yield Part(scores_by_district(evaluation), Outlet.PAPER, counted="名称")
        yield charts.district_ranking(evaluation.ranking, word=subject.word)
    yield Part(scores_by_indicator(evaluation, own), Outlet.ANNEX, counted="名称")
    table = show.ranked_table(evaluation.ranking, own)
    yield Part(table, Outlet.ANNEX, title=f"各{subject.word}得分名次")


content("名次表", name="ranked")(
    lambda subject: (Part(show.ranked_table(subject.evaluation.ranking), Outlet.PAGE),)
)
content("原表次序", name="published")(
    lambda subject: (Part(show.published_table(subject.evaluation.ranking), Outlet.PAGE),)
)
content("平均分", name="means")(
    lambda subject: (Part(show.means_table(subject.evaluation.ranking), Outlet.PAGE),)
)


@content("名次的稳健性")
def firmness(subject: Subject) -> Iterator[object]:
    """How firm the ranks stand."""
    evaluation, own = subject.evaluation, subject.district or None
    yield show.firm_words(evaluation)
    yield Part(charts.rank_intervals(evaluation.robustness, own, subject.word), _DRAWN)
    yield show.firm_table(evaluation)
    yield show.firm_by_mode(evaluation)


@content("指标对名次的影响")
def influence(subject: Subject) -> Iterator[object]:
    """Which indicators set districts apart."""
    evaluation, own = subject.evaluation, subject.district
    yield Part(charts.lost_by_district(evaluation.robustness, own or None, subject.word), _DRAWN)
    yield Part(show.heat_grid(evaluation, own), _DRAWN)
    yield show.spread_table(evaluation)
    yield show.left_out_table(evaluation)


content("名次的互换", name="swaps", internal=True, place="influence")(
    lambda subject: (show.swap_table(subject.evaluation),)
)


@content("差距分析")
def differences(subject: Subject) -> Iterator[object]:
    """What each district lacks, which is not for release, and two of them side by side."""
    yield Part(show.lacking_table(subject.evaluation), internal=True)
    yield charts.gap_of_pair(subject.evaluation.robustness)
    yield show.pair_table(subject.evaluation)


@content("各{district}情况")
def districts(subject: Subject) -> Iterator[object]:
    """The figures of each district."""
    yield show.districts_words(subject.evaluation)
    yield show.districts_table(subject.evaluation)
    yield from _figures(subject)


content("本{district}在各{district}中的位置", name="position")(
    lambda subject: (show.position_words(subject.view), show.position_table(subject.view))
)


@content("本{district}情况")
def own_figures(subject: Subject) -> Iterator[object]:
    """The figures of one district."""
    yield show.districts_table(subject.evaluation, own=subject.district)
    yield from _figures(subject)


@content("本{district}名次")
def own_place(subject: Subject) -> Iterator[object]:
    """One district in the ranking."""
    evaluation, own = subject.evaluation, subject.district
    yield show.place_words(subject.view)
    yield Part(scores_by_district(evaluation, own), Outlet.PAPER, counted="名称")
    yield charts.district_ranking(evaluation.ranking, own, subject.word)
    yield Part(show.ranked_table(evaluation.ranking, own=own), Outlet.PAGE)


@content("与平均的差距")
def gaps(subject: Subject) -> Iterator[object]:
    """One district against the mean, by indicator."""
    evaluation, own, view = subject.evaluation, subject.district, subject.view
    yield show.gap_words(view)
    yield Part(show.lacking_words(view), READ, internal=True)
    yield charts.rates_to_mean(evaluation.robustness, own)
    yield charts.gap_to_mean(evaluation.robustness, own)
    yield show.gap_table(view)
    yield charts.positions(evaluation.district_figures, own, subject.word)
    yield Part(charts.score_rates(subject.card), Outlet.SLIDES)


def _figures(subject: Subject) -> Iterator[object]:
    """Each figure by district, which only slides and files have room for."""
    for figure in subject.evaluation.district_figures:
        if figure.key != "score":
            chart = charts.district_figure(figure, subject.district or None, subject.word)
            yield Part(chart, Outlet.SLIDES)
