"""Charts across projects: execution rates and scores side by side."""

from __future__ import annotations

from collections.abc import Mapping

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import Column, names, numbers
from wenxiao.charts.labels import described, figure, reach, ticks
from wenxiao.charts.lettering import shortened
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.rows import Mark, Rows
from wenxiao.charts.style import ACCENT, FAINT, INK, SECOND, colour_of_grade
from wenxiao.evaluation.evaluation import Verdict
from wenxiao.model import Measure

_WHOLE = 40
"""So many characters hold the name of a project whole: cut, names of one programme would read alike."""


def execution_rates(rates: Mapping[str, Measure]) -> Chart | None:
    """The execution rate of each project by its name, with what it divides; None where fewer than two are known."""
    known = [(number, name) for name, rate in rates.items() if (number := rate.number) is not None]
    if len(known) < 2:
        return None
    low, high = reach([float(number) * 100 for number, _ in known] + [100.0])
    measures = list(rates.values())

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
            [
                names(list(rates)),
                Column([Words(m.basis, SECOND) for m in measures], "口径", "left", 110),
                numbers([figure(m) for m in measures], [m.number is None for m in measures], "执行率"),
            ],
            (low, high),
            ticks=ticks(low, high, suffix="%"),
            height=30,
        )
        for index, measure in enumerate(measures):
            if measure.number is not None:
                chart.bar(index, 0, 100, FAINT)
                chart.bar(index, 0, float(measure.number) * 100, ACCENT)
        return chart.page

    missing = len(rates) - len(known)
    least, most = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
    if least[0] == most[0]:
        title = f"{len(known)} 个项目的执行率均为 {rates[least[1]].text}"
    else:
        title = f"{shortened(most[1], _WHOLE)}执行率最高（{rates[most[1]].text}），{shortened(least[1], _WHOLE)}最低（{rates[least[1]].text}）"
    return Chart(
        "execution_rates",
        title + (f"；{missing} 个项目未提供" if missing else ""),
        "各项目的预算执行率，口径不同的不宜直接比较",
        described(
            "条形图：各项目的预算执行率。", [f"{name} {m.text}（{m.basis}）" for name, m in rates.items()]
        ),
        Data(("项目", "口径", "预算执行率"), tuple((name, m.basis, m) for name, m in rates.items())),
        draw,
        "各项目预算执行率",
    )


def project_scores(verdicts: Mapping[str, Verdict]) -> Chart | None:
    """The score of each project by its name, with its grade; None where fewer than two are known."""
    known = [(number, name) for name, each in verdicts.items() if (number := each.score.number) is not None]
    if len(known) < 2:
        return None
    results = list(verdicts.values())
    low, high = reach([float(number) for number, _ in known], from_zero=False)
    cuts = {
        each.grade.lowest: each.grade.label
        for each in results
        if each.grade and low < each.grade.lowest < high
    }

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
            [
                names(list(verdicts)),
                numbers(
                    [figure(r.score) for r in results], [r.score.number is None for r in results], "得分"
                ),
                Column([_grade(each) for each in results], "等级"),
            ],
            (low, high),
            ticks=ticks(low, high),
            marks=[
                Mark(float(cut), f"{label} ≥ {float(cut):g}", colour_of_grade(label), False)
                for cut, label in sorted(cuts.items())
            ],
            height=30,
        )
        for index, each in enumerate(results):
            chart.span(index, low, high, FAINT)
            if each.score.number is not None:
                chart.dot(index, float(each.score.number), ACCENT)
        return chart.page

    missing = len(verdicts) - len(known)
    least, most = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
    if least[0] == most[0]:
        title = f"{len(known)} 个项目均得 {verdicts[least[1]].score.text} 分"
    else:
        title = f"{shortened(most[1], _WHOLE)}得分最高（{verdicts[most[1]].score.text} 分），{shortened(least[1], _WHOLE)}最低（{verdicts[least[1]].score.text} 分）"
    return Chart(
        "project_scores",
        title + (f"；{missing} 个项目未提供" if missing else ""),
        f"各项目的综合得分与等级，单位：分；横轴从 {ticks(low, high)[0].label} 分起；指标体系不同，仅供参照",
        described("点图：各项目的综合得分。", [f"{name} {_text(each)}" for name, each in verdicts.items()]),
        Data(
            ("项目", "得分", "等级", "原报告等级"),
            tuple(
                (name, v.score, v.grade.label if v.grade else "", v.printed_grade)
                for name, v in verdicts.items()
            ),
        ),
        draw,
        "各项目综合得分",
    )


def _grade(verdict: Verdict) -> Words:
    if verdict.grade is not None:
        return Words(verdict.grade.label, colour_of_grade(verdict.grade.label))
    return Words(verdict.printed_grade, INK)


def _text(verdict: Verdict) -> str:
    return verdict.score.text_with_unit + (f"（{verdict.grade.label}）" if verdict.grade else "")
