"""From the results of two runs to what changed between them, part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from wenxiao.reports.comparison.change import Change, Kind, Part, figures, words
from wenxiao.reports.records import (
    EvaluationRecord,
    FindingRecord,
    IndicatorRecord,
    MeasureRecord,
    PlaceRecord,
    RankingRecord,
    Results,
    ScorecardRecord,
    VerdictRecord,
)

_SEVERITIES = {"error": "错误", "warning": "警示", "hint": "提示"}
T = TypeVar("T")


def differences(before: Results, after: Results) -> tuple[Change, ...]:
    """All changes from one run's results to another's, in the order of the parts."""
    changes = [*_of_run(before, after)]
    if before.members or after.members:
        for name, one, other in _pairs(before.members, after.members, lambda each: each.subject.project):
            known = other or one
            title = known.subject.title if known else name
            if one is None or other is None:
                sides = (title if one else None, title if other else None)
                changes += _known(words(Part.VERDICT, "项目", *sides))
            else:
                changes += _of_evaluation(one, other, f"{title} · ")
    else:
        changes += _of_evaluation(before, after, "")
    order = list(Part)
    return tuple(sorted(changes, key=lambda change: order.index(change.part)))


def _of_run(before: Results, after: Results) -> Iterator[Change]:
    old, new = before.run, after.run
    for name, one, other in _pairs(
        old.inputs, new.inputs, lambda each: f"{each.project}/{each.file}".lstrip("/")
    ):
        sides = (one.sha256 if one else None, other.sha256 if other else None)
        yield from _known(words(Part.INPUT, name, *sides))
    for what, one_rule, other_rule in (
        ("评价规则", old.profile.name, new.profile.name),
        ("评价规则的标题", old.profile.title, new.profile.title),
        ("评价规则的依据", old.profile.source, new.profile.source),
    ):
        yield from _known(words(Part.INPUT, what, one_rule, other_rule))
    yield from _known(words(Part.PARAMETER, "笔记本", old.notebook, new.notebook))
    yield from _mappings(Part.PARAMETER, old.parameters, new.parameters)
    yield from _mappings(Part.VERSION, old.versions, new.versions)


def _mappings(part: Part, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        sides = (str(each[name]) if name in each else None for each in (before, after))
        yield from _known(words(part, name, *sides))


def _of_evaluation(
    before: EvaluationRecord | Results, after: EvaluationRecord | Results, prefix: str
) -> Iterator[Change]:
    if before.subject and after.subject:
        for what, one, other in (
            ("项目", before.subject.title, after.subject.title),
            ("年度", before.subject.year, after.subject.year),
            ("地区", before.subject.district, after.subject.district),
        ):
            yield from _known(words(Part.VERDICT, f"{prefix}{what}", one, other))
    if before.verdict and after.verdict:
        yield from _verdict(before.verdict, after.verdict, prefix)
    yield from _scorecard(before.scorecard, after.scorecard, prefix)
    yield from _ranking(before.ranking, after.ranking, prefix)
    for _, old, new in _pairs(before.measures, after.measures, lambda each: each.key):
        yield from _measure(old, new, prefix)
    yield from _findings(before.findings, after.findings, prefix)


def _verdict(before: VerdictRecord, after: VerdictRecord, prefix: str) -> Iterator[Change]:
    yield from _known(figures(Part.VERDICT, f"{prefix}得分", before.score, after.score))
    yield from _known(words(Part.VERDICT, f"{prefix}等级", before.grade or "", after.grade or ""))
    yield from _known(words(Part.VERDICT, f"{prefix}原报等级", before.printed_grade, after.printed_grade))
    yield from _known(
        figures(Part.VERDICT, f"{prefix}{after.execution_label}", before.execution_rate, after.execution_rate)
    )
    bases = (f"{each.execution_label}：{each.execution_basis}" for each in (before, after))
    yield from _known(words(Part.VERDICT, f"{prefix}执行率的口径", *bases))


def _scorecard(
    before: ScorecardRecord | None, after: ScorecardRecord | None, prefix: str
) -> Iterator[Change]:
    def name(indicator: IndicatorRecord) -> str:
        return "—".join(indicator.path)

    old = before.indicators if before else ()
    new = after.indicators if after else ()
    for path, one, other in _pairs(old, new, name):
        label = f"{prefix}{path}"
        yield from _known(
            figures(
                Part.SCORECARD, f"{label} 得分", one.score if one else None, other.score if other else None
            )
        )
        if one and other:
            yield from _known(figures(Part.SCORECARD, f"{label} 分值", one.weight, other.weight))
            yield from _known(words(Part.SCORECARD, f"{label} 扣分原因", one.reason, other.reason))


def _ranking(before: RankingRecord | None, after: RankingRecord | None, prefix: str) -> Iterator[Change]:
    old, new = (each.places if each else () for each in (before, after))
    for district, one, other in _pairs(old, new, lambda place: place.district):
        label = f"{prefix}{district}"
        if one is None or other is None:
            sides = (_placed(one) if one else None, _placed(other) if other else None)
            yield from _known(words(Part.RANKING, f"{label} 名次", *sides))
            continue
        yield from _known(figures(Part.RANKING, f"{label} 得分", one.score, other.score))
        yield from _known(words(Part.RANKING, f"{label} 名次", _placed(one), _placed(other)))
        yield from _known(words(Part.RANKING, f"{label} 等级", one.grade or "", other.grade or ""))
        yield from _known(words(Part.RANKING, f"{label} 备注", one.note, other.note))


def _placed(place: PlaceRecord) -> str:
    if place.rank is None:
        return "不参与排名" if place.excluded else place.score.text
    return place.rank + ("（并列）" if place.tied else "")


def _measure(before: MeasureRecord | None, after: MeasureRecord | None, prefix: str) -> Iterator[Change]:
    known = after or before
    if known is None:
        return
    title = f"{prefix}{known.subject} · {known.label}" if known.subject else f"{prefix}{known.label}"
    basis = f"（{known.basis}）" if known.basis else ""
    changed = figures(Part.MEASURE, f"{title}{basis}", before, after)
    yield from _known(changed)
    if before and after and before.formula and after.formula:
        yield from _known(words(Part.MEASURE, f"{title} 公式", before.formula, after.formula))


def _findings(
    before: Iterable[FindingRecord], after: Iterable[FindingRecord], prefix: str
) -> Iterator[Change]:
    """Findings are the same by rule, subject and cells; what is left over, by rule and subject alone."""
    old, new = list(before), list(after)
    for same in (
        lambda f: (f.code, f.subject, f.cells, f.message),
        lambda f: (f.code, f.subject, f.cells),
        lambda f: (f.code, f.subject),
    ):
        waiting: defaultdict[object, list[FindingRecord]] = defaultdict(list)
        for finding in old:
            waiting[same(finding)].append(finding)
        rest = []
        for finding in new:
            match = waiting[same(finding)]
            if not match:
                rest.append(finding)
                continue
            earlier = match.pop(0)
            old = [each for each in old if each is not earlier]
            yield from _known(
                words(Part.FINDING, f"{prefix}{_about(finding)}", _said(earlier), _said(finding))
            )
        new = rest
    for finding in old:
        yield Change(Part.FINDING, f"{prefix}{_about(finding)}", _said(finding), "", Kind.GONE)
    for finding in new:
        yield Change(Part.FINDING, f"{prefix}{_about(finding)}", "", _said(finding), Kind.ADDED)


def _about(finding: FindingRecord) -> str:
    return finding.subject or _SEVERITIES[finding.severity]


def _said(finding: FindingRecord) -> str:
    return f"{_SEVERITIES[finding.severity]}：{finding.message}"


def _known(change: Change | None) -> tuple[Change, ...]:
    return () if change is None else (change,)


def _pairs(
    before: Iterable[T], after: Iterable[T], key: Callable[[T], str]
) -> Iterator[tuple[str, T | None, T | None]]:
    """What is called the same on both sides, in the order of the later side, what is gone at the end."""
    old = {key(each): each for each in before}
    new = {key(each): each for each in after}
    for name in dict.fromkeys((*new, *old)):
        yield name, old.get(name), new.get(name)
