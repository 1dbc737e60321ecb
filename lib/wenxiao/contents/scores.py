"""What a report says of scores: the verdict, the indicators, how each score came about, satisfaction, the analyst's trial."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao import charts
from wenxiao import display as show
from wenxiao.contents.content import Outlet, Part, Subject, content
from wenxiao.display import followed_indicators as following
from wenxiao.display.official import first_level_scores, indicator_scores
from wenxiao.evaluation import evaluate
from wenxiao.evaluation.two_years import YearsLine, two_years


@content("评价结论")
def verdict(subject: Subject) -> Iterator[object]:
    """Score and grade; paper prints the first level on its side, a report on one district in its annex."""
    evaluation, where = subject.evaluation, Outlet.ANNEX if subject.district else Outlet.PAPER
    yield show.score_words(evaluation)
    yield Part(show.scorecard_table(evaluation.scorecard), Outlet.PAGE)
    yield Part(first_level_scores(subject.card), where, aligned=False)
    yield charts.grade_bands(evaluation.verdict, evaluation.profile)


@content("指标得分情况")
def indicators(subject: Subject) -> Iterator[object]:
    """Where points were lost; the page has the bars in its table of scores."""
    card = subject.card
    yield show.indicator_words(card)
    yield Part(charts.score_rates(card), Outlet.PAPER | Outlet.SLIDES)
    yield Part(charts.lost_points(card), Outlet.PAPER | Outlet.SLIDES)
    yield Part(indicator_scores(card), Outlet.ANNEX, merged=card.depth - 1 if card else 0)


@content("绩效指标的变化", optional=True, place="indicators")
def followed(subject: Subject) -> Iterator[object]:
    """Each indicator from the goals to the result, where a project has two documents or more."""
    if not subject.district:
        yield following.followed_words(subject.evaluation)
        yield following.followed_table(subject.evaluation)


def _years(subject: Subject) -> tuple[YearsLine, ...]:
    """The year before beside this, where forms of both were handed in together."""
    earlier = None if subject.district else subject.project.earlier
    if earlier is None:
        return ()
    return tuple(two_years(evaluate(earlier, subject.evaluation.profile), subject.evaluation))


@content(
    "与上一年比较",
    optional=True,
    place="indicators",
    measures=lambda subject: (change for line in _years(subject) for change in line.changes),
)
def years(subject: Subject) -> Iterator[object]:
    """The project in the year before beside this."""
    earlier = subject.project.earlier
    if earlier is not None:
        yield following.years_table(_years(subject), earlier.name, subject.project.name)


@content("计分与复核")
def scoring(subject: Subject) -> Iterator[object]:
    """The scores that the profile's methods give, and those of each step of the review."""
    if not subject.district:
        yield Part(show.computed_table(subject.evaluation), Outlet.PAGE)
    yield Part(show.review_table(subject.evaluation, subject.district), Outlet.PAGE)


content("扣分情况", name="deductions")(
    lambda subject: (
        Part(show.deductions_table(subject.evaluation, subject.district), Outlet.PAGE | Outlet.ANNEX),
    )
)


@content("评分底稿", internal=True)
def score_sheet(subject: Subject) -> Iterator[object]:
    """Who scored what on which evidence, and how far the review is."""
    yield show.score_sheet_table(subject.evaluation, subject.district)
    if not subject.district:
        yield show.review_state_table(subject.evaluation)


@content("满意度")
def satisfaction(subject: Subject) -> Iterator[object]:
    """Rates of satisfaction, not to be read without the number of answers, or the word that it is not known."""
    evaluation = subject.evaluation
    yield show.satisfaction_words(evaluation)
    yield Part(show.satisfaction_table(evaluation), lean=False)
    yield Part(show.answers_table(evaluation), lean=False)
    yield show.survey_words(evaluation)


@content("分值测算", internal=True, optional=True)
def trial(subject: Subject) -> Iterator[object]:
    """Scores, grades and ranks under the weights on trial that the profile gives."""
    evaluation = subject.evaluation
    yield show.trial_words(evaluation)
    yield show.trial_weights_table(evaluation)
    yield show.project_trial_table(evaluation)
    yield show.district_trial_table(evaluation)


content("资金分配测算", name="allocation", internal=True, optional=True)(
    lambda subject: (show.allocation_words(subject.evaluation), show.allocation_table(subject.evaluation))
)
