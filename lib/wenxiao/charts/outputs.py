"""The charts of what was done: outputs as completion rates since their units differ, works by kind."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.charts.chart import Chart, Data, Datum
from wenxiao.charts.columns import Column, names, numbers
from wenxiao.charts.labels import described, figure, given, listed, reach, ticks
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import Page, Room, Words
from wenxiao.charts.rows import Mark, Rows
from wenxiao.charts.style import ACCENT, DEEP, INK, LOSS, REST, SECOND
from wenxiao.evaluation.outputs import Entry, Output, Works


def plan_against_actual(outputs: Sequence[Output]) -> Chart | None:
    """The completion rate of each output with its plan and actual; None where no output has both."""
    rates = [each.completion_rate.number for each in outputs]
    known = [(rate, each) for rate, each in zip(rates, outputs, strict=True) if rate is not None]
    if not known:
        return None
    low, high = reach([float(rate) * 100 for rate, _ in known] + [100.0])

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
            [
                names([each.item for each in outputs]),
                Column([_words(each, "planned") for each in outputs], "计划", "right", 110),
                Column([_words(each, "actual") for each in outputs], "实际", "right", 130),
                numbers([figure(e.completion_rate) for e in outputs], [r is None for r in rates], "完成率"),
            ],
            (low, high),
            ticks=ticks(low, high, suffix="%"),
            marks=[Mark(100.0, "计划", INK, dashed=False)],
            height=30,
        )
        for index, rate in enumerate(rates):
            if rate is not None:
                chart.bar(index, 0, float(rate) * 100, ACCENT if rate >= 1 else LOSS)
        return chart.page

    started = any(each.started is not None and each.started.quantity for each in outputs)
    data = Data(
        ("产出", "计划", "实际", *(("开工",) if started else ()), "完成率"),
        tuple(_row(each, started) for each in outputs),
    )
    what, apart = "实际完成率（实际÷计划）", "；开工数不作完成数" if started else ""
    return Chart(
        "plan_against_actual",
        _title(outputs),
        f"{what}；实线为计划的 100%{apart}",
        described("条形图：各项产出的实际完成率。", [_fact(each) for each in outputs]),
        data,
        draw,
        "产出完成情况",
        NativeChart(
            "bars",
            "产出",
            tuple(each.item for each in outputs),
            (Series("完成率", tuple(rates), ACCENT, "0.0%"),),
            (("单位", tuple(map(_unit, outputs))), *data.columns("计划", "实际")),
            {i: DEEP for i, rate in enumerate(rates) if rate is not None and rate < 1},
            subtitle=f"{what}；100% 为计划{apart}",
        ),
    )


def _unit(output: Output) -> str:
    given_ones = (each.quantity for each in (output.planned, output.actual))
    return next((quantity.unit.symbol for quantity in given_ones if quantity), "")


def _title(outputs: Sequence[Output]) -> str:
    known = [(rate, each) for each in outputs if (rate := each.completion_rate.number) is not None]
    missing = len(outputs) - len(known)
    rest = f"，{missing} 项未提供" if missing else ""
    lowest, least = min(known, key=lambda pair: pair[0])
    highest, most = max(known, key=lambda pair: pair[0])
    low, top = least.completion_rate.text, most.completion_rate.text
    if len(known) == 1:
        return f"{listed([least.item])}完成 {low}{rest}"
    if lowest == highest:
        return f"{len(known)} 项产出均完成 {low}{rest}"
    short = [each.item for rate, each in known if rate < 1]
    if len(short) == 1:
        return f"{listed(short)}未达计划，完成 {low}{rest}"
    if short:
        return f"{listed(short)}未达计划，最低为{listed([least.item])}（{low}）{rest}"
    return f"{len(known)} 项产出均达到计划，完成率 {low} 至 {top}（{listed([most.item])}）{rest}"


def _words(output: Output, side: str) -> Words:
    value = output.planned if side == "planned" else output.actual
    if value.quantity is not None:
        return Words(f"{given(value)} {value.quantity.unit.symbol}")
    if side == "actual" and output.words:
        return Words(output.words)
    if side == "actual" and output.started is not None and output.started.quantity is not None:
        return Words(f"开工 {given(output.started)} {output.started.quantity.unit.symbol}", SECOND)
    return Words(value.text, SECOND)


def _fact(output: Output) -> str:
    return f"{output.item} {output.completion_rate.text}（计划 {output.planned.text}，实际 {output.words or output.actual.text}）"


def _row(output: Output, started: bool) -> tuple[Datum, ...]:
    middle: tuple[Datum, ...] = (output.started or "",) if started else ()
    return (output.item, output.planned, output.actual, *middle, output.completion_rate)


def works_by_kind(works: Works | None) -> Chart | None:
    """How many entries hold each kind of work, most first; None where no kind was found."""
    if works is None:
        return None
    kinds = works.kinds
    counts = [float(kind.number or 0) for kind in kinds]
    if not kinds:
        return None
    low, high = reach(counts)

    def draw(room: Room) -> Page:
        chart = Rows(
            room,
            [
                names([kind.subject for kind in kinds]),
                numbers([figure(kind) for kind in kinds], [kind.number is None for kind in kinds], "条目"),
            ],
            (low, high),
            ticks=[tick for tick in ticks(low, high) if "." not in tick.label],
        )
        for index, count in enumerate(counts):
            chart.bar(index, 0, count, ACCENT if count == counts[0] else REST)
        return chart.page

    rows = works.rows.text
    unmatched = f"；{len(works.unmatched)} 条未归入任何一类" if works.unmatched else ""
    return Chart(
        "works_by_kind",
        _works_title(works),
        f"改造内容含该项的清单条目数；一条含多项的各计一次{unmatched}",
        described(
            f"条形图：{rows} 条清单条目按改造内容计数。", [f"{kind.subject} {kind.text} 条" for kind in kinds]
        ),
        Data(("改造内容", "清单条目"), tuple((kind.subject, kind) for kind in kinds)),
        draw,
        "改造内容分类",
        NativeChart(
            "bars",
            "改造内容",
            tuple(kind.subject for kind in kinds),
            (Series("清单条目", tuple(kind.number for kind in kinds), REST, "0"),),
            marked={i: ACCENT for i, kind in enumerate(kinds) if kind.number == kinds[0].number},
        ),
    )


def _works_title(works: Works) -> str:
    """What most entries hold, where nothing that is not classified could overturn it, else how many are classified."""
    most, rows = works.most, works.rows.text
    if most:
        names = listed([kind.subject for kind in most])
        return f"{names}最多，{rows} 条清单条目中{'各' if len(most) > 1 else ''}有 {most[0].text} 条"
    first = works.kinds[0]
    if works.unnamed:
        part, entries = works.unnamed[0]
        return f"{rows} 条清单条目中，{first.subject}有 {first.text} 条，未归类的“{part}”等有 {len(_open(works))} 条（“{part}” {len(entries)} 条）"
    return f"{rows} 条清单条目中，{first.subject}有 {first.text} 条，{len(works.silent)} 条没有写改造内容"


def _open(works: Works) -> set[Entry]:
    return {entry for _, entries in works.unnamed for entry in entries}
