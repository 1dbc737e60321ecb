"""Charts in a report: how large a page of them is, with 12 districts and with 150."""

import pytest
import wenxiao.display.page
from nbformat.v4 import new_code_cell, new_notebook, new_output
from wenxiao import charts
from wenxiao import display as show
from wenxiao.display import Output
from wenxiao.reports import to_html

from tests.charts.cases import LEAVES
from tests.charts.made import districts
from tests.evaluation.made import evaluated, made


def _report(count: int, shown: list[Output]) -> str:
    """The page of a ranking of so many districts with five charts, their data, the ranked table and the appendix."""
    names = districts(count)
    fields = {"district": names} | {
        f"{path.replace('—', '')}（{weight}分）": [
            f"{weight * (60 + (i * 17 + j * 23) % 41) / 100:.2f}" for i in range(count)
        ]
        for j, (path, weight) in enumerate(LEAVES)
    }
    evaluation = evaluated(made("districts", fields))
    firm = evaluation.robustness
    drawn = [
        charts.district_ranking(evaluation.ranking),
        charts.rank_intervals(firm),
        charts.lost_by_district(firm),
        charts.gap_of_pair(firm),
        charts.rates_to_mean(firm, names[0]),
    ]
    assert all(drawn)
    page = show.Page(evaluation, kind="合成示例")
    page.head()
    page.section("综合评价情况及评价结论", *drawn, show.ranked_table(evaluation.ranking))
    page.appendix()
    cells = [
        new_code_cell(
            "show()", id=f"cell-{n}", outputs=[new_output("display_data", output._repr_mimebundle_())]
        )
        for n, output in enumerate(shown)
    ]
    return to_html(
        new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": ""}})
    )


@pytest.mark.parametrize(("count", "most"), [(12, 200_000), (150, 400_000)])
def test_a_report_of_five_charts_is_small(monkeypatch: pytest.MonkeyPatch, count: int, most: int) -> None:
    """Five charts over 12 districts make a page of at most 200 KB; of 150 it stays one that a mail takes."""
    shown: list[Output] = []
    monkeypatch.setattr(wenxiao.display.page, "display", shown.append)
    html = _report(count, shown)
    assert html.count("<figure") == 5
    assert len(html.encode()) <= most
