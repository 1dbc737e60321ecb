"""What a report says of a season of self-evaluations, and the report on one of its forms of that form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wenxiao import charts
from wenxiao.contents.content import Content, Outlet, Part, Parts, Subject, content
from wenxiao.display import season as show
from wenxiao.display import self_evaluation as form
from wenxiao.season import SeasonEvaluation


def _of_season(
    title: str, name: str, **declared: Any
) -> Callable[[Callable[[SeasonEvaluation], Iterable[object]]], Content]:
    """Declares a content of a season: it has nothing to show in a report on anything else."""

    def declare(parts: Callable[[SeasonEvaluation], Iterable[object]]) -> Content:
        def of(subject: Subject) -> Iterable[object]:
            evaluation = subject.evaluation
            return parts(evaluation) if isinstance(evaluation, SeasonEvaluation) else ()

        made: Parts = of
        return content(title, name=name, **declared)(made)

    return declare


@_of_season("自评概况", "season_overview")
def season_overview(evaluation: SeasonEvaluation) -> Iterator[object]:
    """The strip of figures, and how many forms there are, of whom, with how much money and which grades."""
    yield Part(show.season_tiles(evaluation), Outlet.PAGE)
    yield show.season_words(evaluation)
    yield show.rounds_words(evaluation)


@_of_season("覆盖情况", "coverage", internal=True)
def coverage(evaluation: SeasonEvaluation) -> Iterator[object]:
    """The forms against the list of projects."""
    yield show.coverage_words(evaluation)
    yield show.missing_table(evaluation)
    yield show.unknown_table(evaluation)


@_of_season("各单位自评情况", "units")
def units(evaluation: SeasonEvaluation) -> Iterator[object]:
    """Money, rates, scores, ranks and grades by unit."""
    yield show.units_table(evaluation)
    yield charts.unit_scores(evaluation.units[:-1], evaluation.profile)
    yield charts.unit_rates(evaluation.units[:-1])


@_of_season("自评结果一览", "forms")
def forms(evaluation: SeasonEvaluation) -> Iterator[object]:
    """Every form, leading to its report."""
    yield Part(show.forms_table(evaluation), Outlet.PAGE)


@_of_season("核对情况", "season_findings", internal=True)
def season_findings(evaluation: SeasonEvaluation) -> Iterator[object]:
    """The findings by kind, and what shows across forms."""
    yield show.kinds_table(evaluation)
    yield show.season_findings(evaluation)


@_of_season("抽查复核名单", "sample", internal=True)
def sample(evaluation: SeasonEvaluation) -> Iterator[object]:
    """The forms drawn for review, with their strata and reasons."""
    yield show.sample_table(evaluation)


@_of_season("两轮对照", "rounds", internal=True, optional=True)
def rounds(evaluation: SeasonEvaluation) -> Iterator[object]:
    """What became of the findings of the first round."""
    yield show.rounds_table(evaluation)


content("年度总体目标", name="goals", optional=True)(lambda subject: (form.goals_table(subject.evaluation),))
content("各项指标的核对", name="indicators_checked", optional=True)(
    lambda subject: (Part(form.indicators_checked(subject.evaluation), Outlet.PAGE),)
)
content("需要改正的事项", name="corrections_due", internal=True, optional=True)(
    lambda subject: (form.corrections_due(subject.evaluation),)
)
