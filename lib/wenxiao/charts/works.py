"""The chart of works: how many entries of the lists hold each kind of work."""

from __future__ import annotations

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import names, numbers
from wenxiao.charts.labels import described, figure, listed, reach, ticks
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import Page
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, REST
from wenxiao.evaluation.works import Entry, Works


def works_by_kind(works: Works | None) -> Chart | None:
    """How many entries hold each kind of work, most first; None where no kind was found."""
    if works is None:
        return None
    kinds = works.kinds
    counts = [float(kind.number or 0) for kind in kinds]
    if not kinds:
        return None
    low, high = reach(counts)

    def draw(top: float) -> Page:
        chart = Rows(
            top,
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
        _title(works),
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


def _title(works: Works) -> str:
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
