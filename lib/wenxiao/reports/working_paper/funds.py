"""资金: the amounts of every source by stage and its rates, with the chart of amounts by source."""

from __future__ import annotations

from wenxiao.evaluation import STAGES, Funds, FundsLine
from wenxiao.reports.working_paper.book import Book, cached, measure_format
from wenxiao.reports.working_paper.cells import Cells
from wenxiao.reports.working_paper.charts import columns, drawable

_FIRST = 5


def write_funds(book: Book, name: str, funds: Funds, cells: Cells) -> None:
    """A row a source, then the groups of sources, then the whole; amounts in 万元, rates with their denominators."""
    sheet = book.sheet(name, "资金情况", "金额引用计算底稿，单位万元；各阶段的金额分列，不相互替代。")
    rates = list(
        dict.fromkeys((key, m.label, m.basis) for line in _lines(funds) for key, m in line.rates.items())
    )
    sheet.heads(
        "资金来源",
        *(f"{STAGES[stage]}（万元）" for stage in funds.stages),
        *(f"{label}（{basis}，%）" for _, label, basis in rates),
    )
    for row, line in enumerate(_lines(funds), _FIRST):
        whole = line is funds.total
        sheet.text(row, 1, "合计" if whole else line.source, bold=whole)
        measures = [line.amounts.get(stage) for stage in funds.stages] + [
            line.rates.get(key) for key, _, _ in rates
        ]
        for column, measure in enumerate(measures, 2):
            if measure is not None:
                formula = cells.line(measure)
                sheet.formula(row, column, formula, cached(measure), measure_format(measure), bold=whole)
    known = tuple(
        column
        for column, stage in enumerate(funds.stages, 2)
        if any((m := line.amounts.get(stage)) and m.number is not None for line in funds.lines)
    )
    if known and funds.lines and drawable(line.source for line in funds.lines):
        title = "各来源的资金（万元）"
        columns(
            sheet,
            title,
            _FIRST,
            len(funds.lines),
            known[:5],
            unit="万元",
            beside=len(funds.stages) + len(rates) + 3,
        )


def _lines(funds: Funds) -> list[FundsLine]:
    return [*funds.lines, *funds.groups, funds.total]
