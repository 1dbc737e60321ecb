"""What the rules of the profile ask for: distributions of 分值, first-level indicators, names that some table lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.robustness.sources import differences
from wenxiao.evaluation.scorecard import EXECUTION, Scorecard, is_execution
from wenxiao.evaluation.scoring.application import plain
from wenxiao.fields.places import word_for
from wenxiao.model import Exact, Finding, Severity, decimal_text


def _weight_sets(evaluation: Evaluation) -> Iterator[Finding]:
    """First-level 分值 that follow none of the profile's distributions."""
    card, sets = evaluation.scorecard, evaluation.profile.weight_sets
    if card is None or not sets or any(_fits(card, each) for each in sets.values()):
        return
    own = "、".join(f"{plain(each.name)} {each.weight.text}" for each in card.indicators)
    known = "；".join(
        f"{name}为{'、'.join(f'{key} {decimal_text(weight)}' for key, weight in each.items())}"
        for name, each in sets.items()
    )
    yield Finding(
        "weight-set-differs",
        Severity.WARNING,
        "一级指标分值",
        f"一级指标分值为{own}，与{evaluation.profile.title}的各种分值设置都不同：{known}。",
        printed=own,
        recomputed=known,
        cells=cells_of(*(each.weight for each in card.indicators)),
        about=(card.weights.key,),
        remedy="按规定调整分值，或说明依据",
    )


def _fits(card: Scorecard, weights: Mapping[str, Exact]) -> bool:
    """Whether every first-level indicator has its 分值; the execution rate may stand in a form of its own."""
    own = {
        EXECUTION if is_execution(each.name) else plain(each.name): each.weight.quantity
        for each in card.indicators
    }
    lacking = set(weights) - set(own) - {EXECUTION}
    return not lacking and all(
        name in weights and quantity is not None and Fraction(quantity.value) == Fraction(weights[name])
        for name, quantity in own.items()
    )


def _first_level(evaluation: Evaluation) -> Iterator[Finding]:
    """First-level indicators other than those the profile names."""
    card, asked = evaluation.scorecard, evaluation.profile.first_level
    own = [plain(each.name) for each in card.indicators] if card else []
    if card is None or not asked or set(own) == set(asked):
        return
    yield Finding(
        "first-level-differs",
        Severity.WARNING,
        "一级指标",
        f"一级指标为{'、'.join(own)}，{evaluation.profile.title}规定为{'、'.join(asked)}。",
        printed="、".join(own),
        recomputed="、".join(asked),
        cells=cells_of(*(each.weight for each in card.indicators)),
        about=(card.weights.key,),
        remedy="按规定设置一级指标，或换用相应的评价规则",
    )


def _lacking_level(evaluation: Evaluation) -> Iterator[Finding]:
    """Levels that a form usually has and this one does not, where no distribution of 分值 says so already."""
    card, usual = evaluation.scorecard, evaluation.profile.expected_levels
    if card is None or evaluation.profile.weight_sets:
        return
    own = [plain(each.name) for each in card.indicators]
    lacking = [name for name in usual if not any(name in each for each in own)]
    if not lacking or len(lacking) == len(usual):
        return
    yield Finding(
        "level-lacking",
        Severity.HINT,
        "一级指标",
        f"没有{'、'.join(f'{name}指标' for name in lacking)}，{evaluation.profile.title}的一级指标一般有{'、'.join(usual)}。",
        printed="、".join(own),
        recomputed="、".join(usual),
        cells=cells_of(*(each.weight for each in card.indicators)),
        about=(card.weights.key,),
        remedy="补设指标，项目没有这类绩效的写明理由",
    )


def _unmatched(evaluation: Evaluation) -> Iterator[Finding]:
    """Districts that the profile excludes or adjusts and no table lists."""
    ranking = evaluation.ranking
    if ranking is None or not ranking.unmatched:
        return
    names = "、".join(ranking.unmatched)
    word = word_for(place.district for place in ranking.places)
    yield Finding(
        "ranking-unmatched",
        Severity.WARNING,
        f"评价规则中的{word}",
        f"评价规则“{evaluation.profile.name}”排除或调整的{names}不在得分表中，没有起作用。",
        printed=names,
        recomputed="、".join(place.district for place in ranking.places[:12]),
        cells=tuple(cell for place in ranking.places[:12] if (cell := place.score.cell) is not None),
        remedy=f"核对评价规则中的{word}名称",
    )


def _district_cards(evaluation: Evaluation) -> Iterator[Finding]:
    """Scorecards of districts that are not of one system, so that they cannot be compared by indicator."""
    problems = list(differences(evaluation.district_cards)) if evaluation.district_cards else []
    if not problems:
        return
    shown = "；".join(f"{each.what}（{each.rule}）" for each in problems[:4])
    more = f"等 {len(problems)} 处" if len(problems) > 4 else ""
    word = word_for(evaluation.district_cards)
    yield Finding(
        "district-cards-differ",
        Severity.WARNING,
        f"各{word}评分表",
        f"各{word}评分表的指标体系不一致：{shown}{more}，不作分项比较。",
        printed=f"{len(problems)}处不同",
        recomputed="同一指标体系",
        cells=tuple(
            cell
            for card in evaluation.district_cards.values()
            for cell in cells_of(*(each.weight for each in card.indicators))
        ),
        remedy=f"统一各{word}的指标和分值",
    )


CHECKS = (
    Check("weight-set-differs", "分值设置", "一级指标分值符合评价规则列出的一种设置", find=_weight_sets),
    Check("first-level-differs", "一级指标", "一级指标与评价规则规定的相同", find=_first_level),
    Check(
        "level-lacking",
        "缺少的一级指标",
        "自评表有评价规则所列的各类一级指标（产出、效益、满意度）",
        find=_lacking_level,
    ),
    Check("ranking-unmatched", "排除和调整的县区", "评价规则排除、调整的县区都在得分表中", find=_unmatched),
    Check("district-cards-differ", "各县区评分表", "各县区评分表的指标和分值相同", find=_district_cards),
)
