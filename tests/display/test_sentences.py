"""Tables and sentences by subject, on the five real projects."""

from pathlib import Path

from openpyxl import Workbook
from wenxiao import display as show
from wenxiao.evaluation import Evaluation, district_view, evaluate
from wenxiao.project import load_profile, load_project


def test_funds_keep_a_group_and_its_members(mudan: Evaluation) -> None:
    """Spending given for 上级资金 as a whole stands in its row; its members have none of their own."""
    text = show.funds_table(mudan.funds).text()
    assert "上级资金  2,364.68    831.30  35.15%" in text
    assert "中央资金  2,062.67    未提供  未提供" in text
    assert "专项债券  1,300.00  1,134.00  87.23%" in text
    assert "合计      3,664.68  1,965.30  53.63%" in text


def test_funds_in_words_name_each_denominator(mudan: Evaluation) -> None:
    """Amounts with their sources, the rate with what it divides by."""
    text = show.funds_words(mudan.funds).text()
    assert (
        "预算资金 3,664.68万元，其中中央资金 2,062.67万元、省级资金 302.01万元、专项债券 1,300.00万元" in text
    )
    assert "支出资金 1,965.30万元，其中上级资金 831.30万元、专项债券 1,134.00万元" in text
    assert text.endswith("预算执行率 53.63%（支出÷预算）。")


def test_derived_figures_name_condition_and_interval(linyi: Evaluation) -> None:
    """What the reported rate implies holds only if pooled, within what the printed digits allow."""
    text = show.derived_words(linyi).text()
    assert "报告所列预算执行率 81.24%" in text
    assert "支出资金 19,305.06万元（19,302.65 至 19,307.47）" in text
    assert "省级补助、市级补助预算执行率 41.38%" in text
    assert "仅在汇总口径下成立" in text


def test_paid_against_investment(dengkou: Evaluation) -> None:
    """More paid out than the total investment is said with both figures."""
    assert "103.28%" in show.investment_words(dengkou).text()


def test_the_printed_rate_stands_beside_the_computed_one(mudan: Evaluation) -> None:
    """Only where no rounding makes them agree."""
    text = show.scorecard_table(mudan.scorecard).text()
    assert "原列 63.89%，已更正　72.22%" in text
    assert text.count("原列") == 1


def test_a_rate_printed_short_is_no_difference(linyi: Evaluation) -> None:
    """87% printed for 87.00% agrees at its own precision."""
    assert "原列" not in show.scorecard_table(linyi.scorecard).text()


def test_the_rounded_total_is_not_summed(ejinhoro: Evaluation) -> None:
    """总分（取整） is a note below the table."""
    text = show.scorecard_table(ejinhoro.scorecard).text()
    assert "总分（取整）86分，不计入合计" in text
    assert "合计  100.00  86.47  86.47%" in text


def test_the_margin_of_a_grade(linyi: Evaluation, lingang: Evaluation) -> None:
    """How far the cut-off is, and both words where the source prints another."""
    assert "比 90 分的分数线高 0.02 分，差距很小" in show.score_words(linyi).text()
    assert "评为“优”（报送资料称“优秀”）" in show.score_words(lingang).text()


def test_no_score_no_sentence(dengkou: Evaluation) -> None:
    """A project without a score has no sentence and no table about it."""
    assert show.score_words(dengkou) is None
    assert show.scorecard_table(dengkou.scorecard) is None
    assert show.indicator_words(dengkou.scorecard) is None


def test_where_points_were_lost(linyi: Evaluation) -> None:
    """The lowest rate and the largest loss need not be the same indicator."""
    text = show.indicator_words(linyi.scorecard).text()
    assert text == "一级指标中，决策得分率最低，为 86.77%；产出失分最多，为 3.34分。"


def test_outputs_by_what_is_known(linyi: Evaluation, mudan: Evaluation, dengkou: Evaluation) -> None:
    """Rates where both sides are given; 开工 is no completion; words stay words."""
    assert "项目 107.72%" in show.outputs_words(linyi).text()
    assert "开工小区 46个" in show.outputs_words(mudan).text()
    assert "完成率无从计算" in show.outputs_words(mudan).text()
    assert "报送资料称全部完工" in show.outputs_words(dengkou).text()


def test_ranking_in_rank_and_in_published_order(linyi: Evaluation) -> None:
    """Ties are marked 并列, the next rank is skipped; the published table keeps its order and 备注."""
    ranked = show.ranked_table(linyi.ranking).text().splitlines()
    assert [line.split()[0] for line in ranked[2:5]] == ["罗庄区", "兰山区", "沂南县"]
    assert sum("7（并列）" in line for line in ranked) == 2
    published = show.published_table(linyi.ranking).text().splitlines()
    assert [line.split()[0] for line in published[2:4]] == ["兰山区", "罗庄区"]
    assert "现场与非现场评价" in published[2]


def test_ranking_in_words(linyi: Evaluation) -> None:
    """First, last, ties, grades, the mean and the means by mode."""
    text = show.ranking_words(linyi.ranking).text()
    for part in (
        "罗庄区最高（93.54分）",
        "郯城县、费县并列第 7",
        "“优”5 个、“良”7 个",
        "89.53",
        "90.70",
        "87.90",
    ):
        assert part in text


def test_a_district_among_its_peers(linyi: Evaluation) -> None:
    """Score, grade, place with 并列, distance to the mean."""
    text = show.place_words(district_view(linyi, "费县")).text()
    assert "费县得分 89.50分" in text
    assert "在 12 个县区中列第 7（并列）" in text
    assert "低于平均分 89.53分 0.03 分" in text


def test_a_merged_figure_is_shared_not_owned(lingang: Evaluation) -> None:
    """The one estimate for four towns is called merged, summed once and ranks nobody."""
    text = show.districts_table(lingang).text()
    assert "合并填列 15,000.00" in text
    assert "概算金额为合并填列的一个数" in text
    assert "概算" not in show.position_table(district_view(lingang, "璜土镇")).text()
    assert (
        "单位面积投资 55.49元/㎡（4 个镇街中第 1）"
        in show.position_words(district_view(lingang, "璜土镇")).text()
    )


def test_equal_values_share_a_place(lingang: Evaluation) -> None:
    """Of two towns with nine neighbourhoods neither is the first alone, in words, table and strip."""
    view = district_view(lingang, "夏港街道")
    assert "受益小区数量 9个小区（4 个镇街中第 1，并列），受益栋数 254栋（4 个镇街中第 1）" in (
        show.position_words(view).text()
    )
    assert "9  1（并列）" in show.position_table(view).text()
    assert "4 个镇街中第 1（并列）" in show.district_tiles(view).text()


def test_places_go_by_the_source_s_own_word(linyi: Evaluation, lingang: Evaluation) -> None:
    """Counties are 县区, towns and streets 镇街."""
    assert "县区：优5 良7" in show.project_tiles(linyi).text()
    assert "镇街：4" in show.project_tiles(lingang).text()
    assert show.position_table(district_view(lingang, "璜土镇")).title == "璜土镇在各镇街中的位置"
    assert show.districts_table(lingang).title == "各镇街情况"


def test_without_scores_the_method_speaks_of_none(
    linyi: Evaluation, lingang: Evaluation, dengkou: Evaluation
) -> None:
    """Bands are for projects with a score, the rate of a score for those with a scorecard."""
    assert show.grading(dengkou.profile, dengkou) is None
    assert show.grading(lingang.profile, dengkou, lingang) is not None
    assert "得分率" not in show.denominators(lingang.profile, lingang).text()
    assert "得分率＝得分÷分值" in show.denominators(linyi.profile, lingang, linyi).text()


def test_works_count_lines_and_names(ejinhoro: Evaluation) -> None:
    """28 lines, 24 neighbourhoods, four of them in both lists; kinds counted, most first."""
    assert "清单共 28 条，涉及不重复的小区 24 个" in show.works_words(ejinhoro).text()
    assert show.works_table(ejinhoro).text().splitlines()[2].split() == ["消火栓", "14"]
    lists = show.neighbourhoods_table(ejinhoro).text()
    assert "一、地下管道、屋顶、围墙改造" in lists
    assert "蒙维小区" in lists


def test_a_name_twice_in_one_list_is_not_in_two(tmp_path: Path) -> None:
    """Two lines of one list repeat a name; a list without sections has no heading within its table."""
    book = Workbook()
    sheet = book.active
    rows = [
        ["老旧小区改造清单"],
        ["序号", "小区名称", "改造内容"],
        [1, "甲小区", "屋面防水"],
        [2, "甲小区", "围墙"],
    ]
    for row in [*rows, [3, "乙小区", "围墙"]]:
        sheet.append(row)
    book.save(tmp_path / "小区.xlsx")
    evaluation = evaluate(load_project(tmp_path), load_profile())
    assert show.works_words(evaluation).text().endswith("2 个；甲小区在同一清单中重复列出。")
    lines = show.neighbourhoods_table(evaluation).text().splitlines()
    assert [line.split()[0] for line in lines] == ["小区清单", "小区", "甲小区", "甲小区", "乙小区"]


def test_contributions_imply_totals(linyi: Evaluation) -> None:
    """Residents' shares and the investment they imply, marked as derived."""
    text = show.contributions_table(linyi).text()
    assert "239.90" in text or "239.9" in text
    assert "378.33" in text


def test_the_head_as_reported(mudan: Evaluation) -> None:
    """A year is a name, without thousands; what is not filled in is not listed."""
    text = show.facts_table(mudan.project).text()
    assert "2023 " in text
    assert "2,023" not in text
    assert "评价类型" not in text


def test_the_portfolio_ranks_nobody(mudan: Evaluation, dengkou: Evaluation, linyi: Evaluation) -> None:
    """Scores side by side in the order given, 未提供 where there is none."""
    three = (mudan, dengkou, linyi)
    lines = show.results_table(three).text().splitlines()
    assert "74.32" in lines[2]
    assert "未提供" in lines[3]
    assert "不作排名" in show.portfolio_words(three).text()
    assert "报告数，支出未提供" in show.money_table(three).text()


def test_corrections_show_both_values(mudan: Evaluation) -> None:
    """Printed, corrected, reason, status and cell."""
    text = show.corrections_table(mudan.project).text()
    for part in ("63.89%", "72.22%", "已确认", "D6"):
        assert part in text
