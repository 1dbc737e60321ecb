"""The chart of works: how many entries of the lists hold each kind of work."""

from __future__ import annotations

from wenxiao.charts.chart import Chart, Data
from wenxiao.charts.columns import names, numbers
from wenxiao.charts.labels import described, figure, listed, reach, ticks
from wenxiao.charts.page import Page
from wenxiao.charts.rows import Rows
from wenxiao.charts.style import ACCENT, REST
from wenxiao.evaluation.works import Works


def works_by_kind(works: Works | None) -> Chart | None:
    """How many entries hold each kind of work, most first; None where no kind was found."""
    if works is None:
        return None
    kinds = sorted(works.kinds, key=lambda kind: -(kind.number or 0))
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

    most = [kind.subject for kind in kinds if kind.number == kinds[0].number]
    rows = works.rows.text
    unmatched = f"；{len(works.unmatched)} 条未归入任何一类" if works.unmatched else ""
    return Chart(
        "works_by_kind",
        f"{listed(most)}最多，{rows} 条清单条目中{'各' if len(most) > 1 else ''}有 {kinds[0].text} 条",
        f"改造内容含该项的清单条目数；一条含多项的各计一次{unmatched}",
        described(
            f"条形图：{rows} 条清单条目按改造内容计数。", [f"{kind.subject} {kind.text} 条" for kind in kinds]
        ),
        Data(("改造内容", "清单条目"), tuple((kind.subject, kind) for kind in kinds)),
        draw,
    )
