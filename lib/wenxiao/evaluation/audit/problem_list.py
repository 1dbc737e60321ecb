"""The 问题清单 against the scores, both ways, and against itself: points, indicators, evidence, replies, numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.numbering import NAMED, listed
from wenxiao.evaluation.deductions import Deduction
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.opinions import Adoption
from wenxiao.evaluation.problems import ListedProblem
from wenxiao.model import Finding, Given, Named, Severity, Table, difference
from wenxiao.model.errors import nearest


def _silent_deductions(evaluation: Evaluation) -> Iterator[Finding]:
    """Deductions that no listed problem accounts for; one finding a scorecard."""
    for district, deductions in _by_district(evaluation.deductions.each).items():
        silent = [each for each in deductions if not each.problems and (each.lost.number or 0) > 0]
        if not silent:
            continue
        named = listed(f"{each.indicator.name}（扣 {each.lost.text_with_unit}）" for each in silent)
        yield Finding(
            "deduction-without-problem",
            Severity.WARNING,
            f"{district}扣分与问题清单",
            f"{district}评分表中{named}有扣分，问题清单没有对应的问题。",
            printed="未列问题",
            recomputed=f"{len(silent)}项扣分",
            cells=cells_of(*(each.lost.expression for each in silent)),
            about=tuple(each.lost.key for each in silent),
            remedy="在问题清单中补列问题，三级指标写评分表中的名称；或核对得分",
        )


def _differing(evaluation: Evaluation) -> Iterator[Constraint]:
    """The points of an indicator's problems against 分值 − 得分."""
    for each in evaluation.deductions.each:
        if each.listed is None or each.indicator.score.quantity is None:
            continue
        weight, open_ones = each.indicator.weight, [p for p in each.problems if p.deduction.quantity is None]
        unsaid = f"（其中{_called(open_ones)}没有填扣分）" if open_ones else ""
        yield Constraint(
            "problem-deductions-differ",
            f"{each.name}得分",
            _score(each),
            difference(weight, Named("问题扣分合计", each.listed.expression)),
            f"{each.name}得分为 {{printed}}，{_called(each.problems)}共扣 {each.listed.text_with_unit}{unsaid}，"
            f"按分值 {weight.text}减问题扣分应为 {{recomputed}}。",
            "核对问题清单的扣分与评分表的得分，改正其中有误的一处",
            about=(each.lost.key, each.listed.key),
        )


def _score(each: Deduction) -> Given:
    """The score with as many places as the points taken off: an exact 18 beside 1.5 is 18.0, and not to be met by 18.5."""
    quantity = each.score.quantity
    if quantity is None or not quantity.exact:
        return each.score
    places = max(p.deduction.quantity.places for p in each.problems if p.deduction.quantity)
    return replace(each.score, content=replace(quantity, places=max(quantity.places, places)))


def _without_points(evaluation: Evaluation) -> Iterator[Finding]:
    """A deduction whose problems are listed, none of them with its points."""
    for each in evaluation.deductions.each:
        if each.problems and each.listed is None and (each.lost.number or 0) > 0:
            yield Finding(
                "problem-without-deduction",
                Severity.HINT,
                f"{each.name}扣分",
                f"{each.name}扣 {each.lost.text_with_unit}，对应的{_called(each.problems)}没有填扣分。",
                printed="未填",
                recomputed=each.lost.text_with_unit,
                cells=(*(p.cell_of("deduction") for p in each.problems), *cells_of(each.lost.expression)),
                about=(each.lost.key,),
                remedy="在问题清单中填写每个问题扣多少分",
            )


def _unknown_indicators(evaluation: Evaluation) -> Iterator[Finding]:
    """Problems that name an indicator the scorecard does not have, with the nearest it has."""
    for problem in evaluation.deductions.loose:
        card = evaluation.district_cards.get(problem.district, evaluation.scorecard)
        names = [each.name for each in card.walk()] if card else []
        told = problem.indicator
        near = nearest(told, dict.fromkeys(names)) if told else ""
        same = names.count(told)
        if not told:
            said, rule = "没有写明对应的指标", "问题对应评分表中的一个指标"
        elif same > 1:
            said, rule = f"对应的“{told}”在评分表中有 {same} 处，分不清是哪一处", "一并写明一级、二级指标"
        else:
            said, rule = (
                f"对应的“{told}”不在评分表中",
                f"最相近的是“{near}”" if near else "指标名称与评分表相同",
            )
        yield Finding(
            "problem-without-indicator",
            Severity.WARNING,
            f"{problem.name}对应的指标",
            f"{problem.district}{problem.name} {said}，它的扣分没有与得分核对（{rule}）。",
            printed=told or "未填",
            recomputed=near or rule,
            cells=(problem.cell_of("level3"), problem.cell),
            remedy=f"改为“{near}”，或写评分表中的指标名称" if near and same < 2 else "写明评分表中的指标名称",
        )


def _of_no_card(evaluation: Evaluation) -> Iterator[Finding]:
    """Problems of districts that no scorecard is of: neither their points nor their indicators can be checked."""
    apart = evaluation.deductions.apart
    cards = evaluation.district_cards
    names = list(dict.fromkeys(problem.district for problem in apart if problem.district))
    # A city with one scorecard for all never has a county's own; with several, a name that none bears is a slip.
    if not names or not cards:
        return
    near = {name: nearest(name, cards) for name in names}
    said = "、".join(f"{name}（最相近的是{near[name]}）" if near[name] else name for name in names[:NAMED])
    yield Finding(
        "problem-of-no-scorecard",
        Severity.HINT,
        "问题清单的县区",
        f"问题清单中的{said}没有自己的评分表，{_called(apart)}的扣分没有与得分核对。",
        printed="、".join(names),
        recomputed="、".join(list(cards)[:12]),
        cells=tuple(problem.cell_of("district") for problem in apart),
        remedy="核对县区名称，或补充该县区的评分底稿",
    )


def _without_evidence(evaluation: Evaluation) -> Iterator[Finding]:
    """Problems without a number of evidence, where the list has a column for it; one finding a list."""
    yield from _lacking(
        evaluation.problems,
        "evidence_number",
        lambda problem: not problem.evidence,
        "problem-without-evidence",
        "证据编号",
        "没有写证据编号，问题没有依据",
        "填写证据编号，并列入证据清单",
    )
    given = {item.number: item.provided for item in evaluation.evidence}
    yield from _lacking(
        evaluation.problems,
        "evidence_number",
        lambda problem: bool(problem.evidence) and not any(given.get(n, True) for n in problem.evidence),
        "problem-without-evidence",
        "证据",
        "引用的证据在证据清单中都是未提供",
        "收到证据后登记文件，或由评价人决定问题是否成立",
        printed="未提供",
    )


def _replies(evaluation: Evaluation) -> Iterator[Finding]:
    """Decisions without grounds, words that decide nothing, replies nobody has decided on."""
    problems = evaluation.problems
    yield from _lacking(
        problems,
        "adopted",
        lambda problem: problem.adopted.decided and not problem.grounds,
        "adoption-without-grounds",
        "理由",
        "写了是否采纳，没有写理由",
        "写明采纳或不采纳的理由",
    )
    yield from _lacking(
        problems,
        "adopted",
        lambda problem: problem.adopted is Adoption.UNCLEAR,
        "adoption-unclear",
        "是否采纳",
        "的“是否采纳”写法不明，不知道是采纳、部分采纳还是不采纳",
        "改写为采纳、部分采纳或不采纳",
    )
    yield from _lacking(
        problems,
        "feedback",
        lambda problem: bool(problem.feedback) and problem.adopted is Adoption.UNDECIDED,
        "feedback-undecided",
        "是否采纳",
        "有反馈，还没有决定是否采纳",
        "填写是否采纳和理由",
        Severity.HINT,
        printed="未决定",
    )


def _lacking(
    problems: Iterable[ListedProblem],
    key: str,
    lacks: Callable[[ListedProblem], bool],
    code: str,
    word: str,
    sentence: str,
    remedy: str,
    severity: Severity = Severity.WARNING,
    printed: str = "未填",
) -> Iterator[Finding]:
    """One finding a list for all problems that lack something it has a column for."""
    tables: dict[Table, list[ListedProblem]] = defaultdict(list)
    for problem in problems:
        if problem.table.has(key) and lacks(problem):
            tables[problem.table].append(problem)
    for table, found in tables.items():
        yield Finding(
            code,
            severity,
            f"{table.name}{word}",
            f"{table.name}的{_called(found)}{sentence}。",
            printed=printed,
            recomputed=word,
            cells=tuple(problem.cell_of(key) for problem in found),
            remedy=remedy,
        )


def _called(problems: Iterable[ListedProblem]) -> str:
    """Problems by their numbers, else by their words."""
    found = list(problems)
    if all(problem.number for problem in found):
        return f"问题 {listed(problem.number for problem in found)} "
    return f"问题{listed(f'“{problem.text[:20]}”' for problem in found)}"


def _by_district(deductions: Iterable[Deduction]) -> dict[str, list[Deduction]]:
    found: dict[str, list[Deduction]] = defaultdict(list)
    for each in deductions:
        found[each.district].append(each)
    return found


CHECKS = (
    Check(
        "deduction-without-problem",
        "扣分与问题",
        "问题清单列有扣分的，评分表每一项扣分都有对应的问题，问题都填扣分",
        find=lambda evaluation: (*_silent_deductions(evaluation), *_without_points(evaluation)),
        also=("problem-without-deduction",),
    ),
    Check(
        "problem-deductions-differ",
        "问题扣分之和",
        "每个指标（按县区）所列问题的扣分之和等于分值减得分",
        constrain=_differing,
    ),
    Check(
        "problem-without-indicator",
        "问题对应的指标",
        "列有扣分的问题都对应评分表中的一个指标，县区有自己的评分表",
        find=lambda evaluation: (*_unknown_indicators(evaluation), *_of_no_card(evaluation)),
        also=("problem-of-no-scorecard",),
    ),
    Check(
        "problem-without-evidence",
        "问题的证据",
        "问题清单有证据编号一栏的，每个问题都写证据编号",
        find=_without_evidence,
    ),
    Check(
        "adoption-without-grounds",
        "反馈的采纳",
        "是否采纳写采纳、部分采纳或不采纳并写明理由；有反馈的都有决定",
        find=_replies,
        also=("adoption-unclear", "feedback-undecided"),
    ),
)
