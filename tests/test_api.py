"""The names of `import wenxiao as wx`: what they are, that they load late, and pandas in and out."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import wenxiao as wx
from wenxiao import api

SCORES = pd.DataFrame(
    {"县区": ["甲县", "乙县", "丙县"], "得分": [91.2, 88.0, 91.2], "备注": ["", "补报", None]}
)
FUNDS = pd.DataFrame(
    [["中央补助资金", 100.0, 90.5], ["省级资金", 50.0, 40.0], ["合计", 150.0, 130.5]],
    columns=["资金来源", "预算数（万元）", "支出数（万元）"],
)


def test_the_package_offers_the_names_of_the_api_and_no_others() -> None:
    """`wenxiao.__all__` and `wenxiao.api.__all__` are one list, and each name is there."""
    assert wx.__all__ == api.__all__
    assert all(getattr(wx, name) is getattr(api, name) for name in wx.__all__)
    assert set(wx.__all__) < set(dir(wx))


@pytest.mark.parametrize("name", api.__all__)
def test_each_name_shows_an_example(name: str) -> None:
    """Each documented name has a docstring with an example; the doctests of its module run it."""
    assert ">>> " in str(getattr(wx, name).__doc__)


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`import wenxiao` alone loads neither pandas nor any room."""
    code = "import sys, wenxiao; print([n for n in sys.modules if n == 'pandas' or n.startswith('wenxiao.')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_in_a_notebook_values_show_as_in_a_report() -> None:
    """After `import wenxiao as wx` alone, a value at the end of a cell has the look of the report, stylesheet included."""
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "import wenxiao as wx\n"
        "evaluation = wx.evaluate('linyi-2021')\n"
        "data, _ = shell.display_formatter.format(evaluation.ranking)\n"
        "assert '<table' in data['text/html'] and 'popovertarget]' in data['text/html'], data\n"
        "assert '罗庄区' in data['text/plain'] and 'Place(' not in data['text/plain'], data\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not there is named in an AttributeError, as of any module."""
    with pytest.raises(AttributeError, match="no attribute 'rnak'"):
        _ = wx.rnak  # type: ignore[attr-defined]


def test_frames_become_a_project_with_addresses() -> None:
    """Several frames are the sheets of one project; a measure names the cell its figure would stand in."""
    evaluation = wx.evaluate({"资金": FUNDS, "排名": SCORES})
    rate = evaluation.execution
    assert rate.text == "87.00%"
    assert {"DataFrame［资金］B2", "DataFrame［资金］C3"} <= {str(given.cell) for given in rate.inputs}
    assert evaluation.ranking is not None
    assert [place.rank_text for place in evaluation.ranking.places] == ["1（并列）", "3", "1（并列）"]


def test_a_frame_reads_as_the_workbook_it_is_written_to(tmp_path: Path) -> None:
    """Written by pandas and read back, the same table gives the same measures at the same places."""
    path = tmp_path / "资金.xlsx"
    FUNDS.to_excel(path, index=False)
    ours, theirs = (wx.frame(wx.evaluate(each), exact=True, keys=True) for each in (FUNDS, tmp_path))
    columns = ["key", "value", "text", "formula"]
    pd.testing.assert_frame_equal(ours[columns], theirs[columns])
    assert [c.replace("DataFrame", "资金.xlsx") for c in ours["cells"]] == theirs["cells"].tolist()


def test_decimals_keep_their_digits_and_missing_ones_are_missing() -> None:
    """A decimal keeps its trailing zero as printed precision; NaN, NA and None are 未提供, not 0."""
    frame = pd.DataFrame({"县区": ["甲县", "乙县", "丙县"], "得分": [Decimal("90.50"), None, float("nan")]})
    table = wx.read(frame).tables[0]
    first = table.given(0, "score").quantity
    assert first is not None
    assert (first.value, first.places, first.inferred) == (Decimal("90.50"), 2, False)
    assert table.given(1, "score").quantity is None
    assert table.given(2, "score").quantity is None


def test_several_levels_of_columns_are_several_header_rows() -> None:
    """A MultiIndex of columns reads as a header of two rows, and a named index as the first column."""
    frame = pd.DataFrame(
        [[1.0, 2.5], [3.0, 4.0]],
        index=pd.Index(["甲县", "乙县"], name="县区"),
        columns=pd.MultiIndex.from_tuples([("预算资金", "中央"), ("预算资金", "省级")]),
    )
    table = wx.read(frame).tables[0]
    assert [column.label for column in table.columns] == ["县区", "预算资金/中央", "预算资金/省级"]
    assert [table.text(record, "district") for record in table.records()] == ["甲县", "乙县"]


def test_a_frame_without_columns_says_so() -> None:
    """A frame with nothing in it is a SheetError that says which."""
    with pytest.raises(wx.SheetError, match="数据框没有列"):
        wx.read({"空表": pd.DataFrame()})


def test_ranking_without_scores_says_what_is_needed() -> None:
    """Funds alone cannot be ranked; the error says which columns would do."""
    with pytest.raises(wx.ProjectError, match=r"县区.*得分"):
        wx.rank(FUNDS)


def test_each_kind_of_value_has_a_frame() -> None:
    """A table, a scorecard, a ranking, measures and findings give a frame of one row each; anything else a TypeError."""
    evaluation = wx.evaluate("linyi-2021")
    assert evaluation.scorecard is not None
    assert evaluation.ranking is not None
    assert len(wx.frame(evaluation)) == len(evaluation.measures)
    assert len(wx.frame(evaluation.findings)) == len(evaluation.findings)
    assert len(wx.frame(evaluation.scorecard)) == len(list(evaluation.scorecard.walk()))
    ranking = wx.frame(evaluation.ranking, exact=True, keys=True)
    assert ranking["district"].tolist() == [place.district for place in evaluation.ranking.listed]
    assert str(ranking["score"].dtype) == "decimal128(38, 10)[pyarrow]"
    assert len(wx.frame(evaluation.project.tables[0])) == len(evaluation.project.tables[0])
    with pytest.raises(TypeError, match="no frame of int"):
        wx.frame(3)


def test_every_error_is_of_one_tree() -> None:
    """One `except wx.WenxiaoError` is enough for all that cannot be read or run."""
    for error in (wx.SheetError, wx.ProjectError, wx.ParameterError, wx.ProfileError, wx.RunError):
        assert issubclass(error, wx.WenxiaoError)
    with pytest.raises(wx.WenxiaoError):
        wx.load_project("没有这个项目")
    with pytest.raises(wx.WenxiaoError):
        wx.load_profile("nationale")


def test_a_frame_is_plain_by_default() -> None:
    """Figures are float64, ranks Int64, words str, columns Chinese: what pandas describes, sorts and plots."""
    evaluation = wx.evaluate("linyi-2021")
    ranking = wx.frame(evaluation.ranking)
    assert {name: str(ranking[name].dtype) for name in ("县区", "得分", "名次")} == {
        "县区": "str",
        "得分": "float64",
        "名次": "Int64",
    }
    assert ranking["得分"].describe()["count"] == len(ranking)
    assert ranking.set_index("县区")["得分"].idxmax() == evaluation.ranking.ranked[0].district  # type: ignore[union-attr]
    assert wx.frame(evaluation.findings)["单元格"].str.len().ge(0).all()


def test_wide_frames_have_a_row_a_subject() -> None:
    """A measure is a column, whose figures are those of the long frame."""
    evaluation = wx.evaluate("linyi-2021")
    wide = wx.frame(evaluation, wide=True)
    assert wide.loc["中央补助", "预算资金"] == 16158
    assert wide.loc["全项目", "综合得分"] == float(evaluation["综合得分"])
    assert wide.notna().sum().sum() == wx.frame(evaluation)["数值"].notna().sum()


def test_several_projects_are_one_frame() -> None:
    """Evaluations by name, or a list of them, stand below each other with the project beside each figure."""
    both = {name: wx.evaluate(name) for name in ("linyi-2021", "mudan-2023")}
    frame = wx.frame(both)
    assert frame["项目"].value_counts().to_dict() == {name: len(each.measures) for name, each in both.items()}
    assert frame.equals(wx.frame(list(both.values())))
    assert wx.frame(both, wide=True).loc[("mudan-2023", "全项目"), "综合得分"] == float(
        both["mudan-2023"]["综合得分"]
    )


def test_a_measure_is_found_by_key_label_or_subject() -> None:
    """执行率 is the one a report shows; a label of several subjects takes the subject; a wrong name gives the nearest."""
    evaluation = wx.evaluate("linyi-2021")
    assert evaluation["执行率"] is evaluation.execution
    assert evaluation["total_score"] is evaluation["综合得分"]
    assert evaluation["预算资金/中央补助"].text == "16,158.00"
    with pytest.raises(KeyError, match="是否为“综合得分”"):
        _ = evaluation["综和得分"]


def test_measures_reckon_with_their_cells() -> None:
    """A share of two measures is a measure with the cells of both; units convert, floats and other units are refused."""
    evaluation = wx.evaluate("linyi-2021")
    part, whole = evaluation["预算资金/中央补助"], evaluation["预算资金"]
    share = part / whole
    assert share.text == "68.00%"
    assert set(share.cells) == {*part.cells, *whole.cells}
    assert (whole - part).text == "7,605.00"
    assert sum([part, part]).number == 2 * (part.number or 0)  # type: ignore[union-attr]
    assert (part * 2 / 2).number == part.number
    assert float(share) == pytest.approx(0.67996, abs=1e-5)
    with pytest.raises(TypeError):
        _ = part * 0.5  # type: ignore[operator]
    with pytest.raises(ValueError, match="cannot become"):
        _ = part + evaluation["综合得分"]


def test_charts_of_ones_own_read_in_chinese() -> None:
    """Importing wenxiao loads no matplotlib; pyplot, loaded before or after, draws Chinese without a missing glyph."""
    after = (
        "import sys, warnings; warnings.simplefilter('error'); import wenxiao\n"
        "assert 'matplotlib' not in sys.modules\n"
        "import matplotlib.pyplot as plt\n"
    )
    before = (
        "import warnings; warnings.simplefilter('error'); import matplotlib.pyplot as plt; import wenxiao\n"
    )
    drawn = "axes = plt.figure().add_subplot(); axes.set_title('预算执行率'); axes.figure.canvas.draw()\n"
    for code in (after, before):
        subprocess.run([sys.executable, "-c", code + drawn], check=True, timeout=120)


def test_profile_and_verdict_show_as_in_a_report() -> None:
    """Rules and a verdict have a display as every public value: a sentence with the grades, score and grade."""
    from wenxiao.display import html_of

    evaluation = wx.evaluate("linyi-2021")
    assert "财预〔2020〕10号" in html_of(evaluation.profile)
    assert "优" in html_of(evaluation.profile)
    assert "90.02" in html_of(evaluation.verdict)
    assert "优" in html_of(evaluation.verdict)
