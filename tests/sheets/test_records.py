"""Row roles and totals; the kinds of table, the self-evaluation form among them."""

from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Missing, Role

from tests.sheets import written
from tests.sheets.totals import check_totals
from tests.sheets.written import column_of, only, read, values


def roles(path: Path) -> list[str]:
    """The roles of the records of the one table of a file."""
    return [Role(int(role)).label for role in only(path).roles]


@pytest.mark.parametrize("at", [0, 1, 3])
def test_totals_first_in_the_middle_and_last(tmp_path: Path, at: int) -> None:
    """A 合计 row is a total wherever it stands, and is held against the others."""
    body: list[list[object]] = [["兰山区", 1.5], ["罗庄区", 2.5], ["河东区", 3]]
    body.insert(at, ["合 计", 7])
    table = only(written.xlsx(tmp_path / "a.xlsx", [["县区", "面积（万㎡）"], *body]))
    assert list(table.records(Role.TOTAL)) == [at]
    assert len(list(table.records())) == 3
    assert check_totals(table) == ()


def test_a_wrong_total_names_both_numbers_and_the_cells(tmp_path: Path) -> None:
    """A total that no values within the printed precision can give is a finding with both numbers."""
    rows = [["县区", "户数"], ["兰山区", 10], ["罗庄区", 20], ["合计", 31]]
    (finding,) = check_totals(only(written.xlsx(tmp_path / "a.xlsx", rows)))
    assert (finding.printed, finding.recomputed) == ("31户", "30户")
    assert [cell.address for cell in finding.cells] == ["B4", "B2", "B3"]


def test_rounding_in_the_last_place_is_no_difference(tmp_path: Path) -> None:
    """Parts rounded to one decimal may miss their total by half a unit each."""
    rows = [
        ["县区", "产量"],
        ["甲县", "0.1"],
        ["乙县", "0.1"],
        ["丙县", "0.1"],
        ["丁县", "…"],
        ["合计", "0.5"],
    ]
    assert check_totals(only(written.xlsx(tmp_path / "a.xlsx", rows))) == ()
    rows[-2:] = [["合计", "0.7"]]
    assert len(check_totals(only(written.xlsx(tmp_path / "b.xlsx", rows)))) == 1


def test_subtotals_regions_and_of_which(tmp_path: Path) -> None:
    """小计, region subtotals and 其中 are roles of their own; a grand total may be the sum of either level."""
    rows = [
        ["地区", "户数"],
        ["全国", 10],
        ["东部地区", 6],
        ["西部地区", 4],
        ["北京", 6],
        ["其中：海淀", 2],
        ["四川", 4],
    ]
    path = written.xlsx(tmp_path / "a.xlsx", rows)
    assert roles(path) == ["合计", "地区小计", "地区小计", "数据", "其中", "数据"]
    assert check_totals(only(path)) == ()
    groups = [["县区", "户数"], ["甲县", 1], ["乙县", 2], ["小计", 3], ["丙县", 4], ["小计", 5], ["合计", 7]]
    (finding,) = [
        f for f in check_totals(only(written.xlsx(tmp_path / "b.xlsx", groups))) if f.printed == "5户"
    ]
    assert finding.cells[0].address == "B6"


def test_of_which_below_a_total_begins_the_list_of_parts(tmp_path: Path) -> None:
    """全市合计, 其中:1.历下区, 2.市中区: the first part is data, since only with it the parts make up the total."""
    rows = [["县区", "户数"], ["全市合计", 30], ["其中:1.历下区", 10], ["2.市中区", 20]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "district") == ["全市合计", "历下区", "市中区"]
    assert list(table.records()) == [1, 2]
    inner = [["县区", "户数"], ["合计", 30], ["其中：旧城", 5], ["历下区", 10], ["市中区", 20]]
    assert list(only(written.xlsx(tmp_path / "b.xlsx", inner)).records()) == [2, 3]


def test_rounded_total_and_grade_rows(tmp_path: Path) -> None:
    """总分（取整） is not summed, and the word of a 等级 row stands in the column of scores, wherever it was written."""
    rows = [
        ["一级指标", "分值", "得分", "得分率"],
        ["决策", 15, 12.3, "82.00%"],
        ["过程", 85, 74.17, "87.26%"],
        ["总分", 100, 86.47, "86.47%"],
        ["总分（取整）", 100, 86, "86%"],
        ["综合评估等级", "良", None, None],
    ]
    path = written.xlsx(tmp_path / "a.xlsx", rows)
    table = only(path)
    assert roles(path) == ["数据", "数据", "合计", "取整合计", "等级"]
    assert table.text(4, "score") == "良"
    assert written.kind_of(column_of(table, "weight"), 4) is Missing.NOT_APPLICABLE
    assert read(path).findings == ()
    assert check_totals(table) == ()


def test_sections_and_template_rows(tmp_path: Path) -> None:
    """Headings of groups head the rows below them, empty rows of a form are no data, restarting serials are allowed."""
    rows = [
        ["序号", "小区名称", "改造内容"],
        ["一、管网改造", None, None],
        [1, "甲小区", "给水"],
        [2, None, None],
        ["二、消火栓改造", None, None],
        [1, "甲小区", "消火栓"],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows, merges=["A2:C2", "A5:C5"]))
    assert [Role(int(role)).label for role in table.roles] == [
        "分组标题",
        "数据",
        "模板行",
        "分组标题",
        "数据",
    ]
    assert (table.sections[1], table.sections[4]) == ("一、管网改造", "二、消火栓改造")
    assert values(table, "serial")[4] == Decimal(1)


def test_a_district_without_figures_stays_a_record(tmp_path: Path) -> None:
    """A lone name in the column of names is a record whose figures are absent, even in the last row."""
    rows = [["地区", "产量"], ["北京", 1], ["上海", None], ["天津", 2], ["西藏", None]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "产量") == [Decimal(1), Missing.NOT_PROVIDED, Decimal(2), Missing.NOT_PROVIDED]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("funds", [["资金来源", "预算数（万元）", "到位数（万元）"], ["中央", 1, 1]]),
        (
            "scorecard",
            [
                ["一级指标", "二级指标", "三级指标", "分值", "自评分", "复核分"],
                ["决策", "立项", "依据", 5, 5, 4],
            ],
        ),
        ("districts", [["县区", "奖补系数"], ["兰山区", 1.2]]),
        ("outputs", [["产出指标", "计划值", "实际完成值"], ["小区数", 5, 5]]),
        ("neighbourhoods", [["序号", "小区名称", "户数"], [1, "甲小区", 30]]),
        ("satisfaction", [["调查对象", "有效问卷", "满意率"], ["居民", 300, "95%"]]),
        ("contributions", [["小区名称", "居民出资（万元）", "占比"], ["甲小区", 3, "10%"]]),
        ("claims", [["出处", "对象", "事项", "报告数", "单位"], ["一", "全项目", "等级", "优", None]]),
        ("problems", [["序号", "问题", "一级指标"], [1, "预算编制不够准确", "决策"]]),
        ("head", [["项目名称", "甲"], ["主管部门", "乙局"], ["年度", 2023]]),
        ("other", [["品种", "单价", "数量"], ["水泥", 3.5, 10]]),
    ],
)
def test_each_kind_is_recognised_by_its_header(tmp_path: Path, kind: str, rows: written.Rows) -> None:
    """The registry's kinds are told apart by their fields; what no kind knows is read with its own headers."""
    assert only(written.xlsx(tmp_path / "a.xlsx", rows)).kind == kind


def test_a_bare_name_column_is_of_districts_only_where_the_names_are(tmp_path: Path) -> None:
    """名称 heads districts where most names are districts, and any other list where they are not."""
    places = [["名称", "数量"], ["兰山区", 1], ["沂南县", 2], ["合计", 3]]
    things = [["名称", "数量"], ["水泥", 1], ["钢材", 2], ["合计", 3]]
    assert only(written.xlsx(tmp_path / "a.xlsx", places)).kind == "districts"
    assert only(written.xlsx(tmp_path / "b.xlsx", things)).kind == "other"


def test_claims_keep_words_and_each_row_its_unit(tmp_path: Path) -> None:
    """A claim is a figure with its own unit, or the words that stand there; neither is an error, and no row is a total."""
    rows = [
        ["出处", "对象", "事项", "报告数", "单位"],
        ["一", "全项目", "小区数", "5个", "个"],
        ["一", "全项目", "执行率", "53.63%", None],
        ["一", "全项目", "总投资", "约2033.23万元", "万元"],
        ["一", "全项目", "等级", "优", None],
        ["一", "全项目", "合计", "3", "个"],
    ]
    path = written.xlsx(tmp_path / "a.xlsx", rows)
    table = only(path)
    printed = column_of(table, "printed")
    assert values(table, "printed") == [Decimal(5), Decimal("0.5363"), Decimal("2033.23"), "优", Decimal(3)]
    assert [printed.unit_of(record).symbol for record in (0, 1, 2)] == ["个", "比率", "万元"]
    assert set(table.roles.tolist()) == {Role.DATA}
    assert read(path).findings == ()


FORM = [
    ["项目支出绩效自评表", *[None] * 8],
    ["（2023年度）", *[None] * 8],
    ["项目名称", None, "老旧小区改造", *[None] * 6],
    ["主管部门", None, "住建局", None, None, "实施单位", "保障中心", None, None],
    ["项目资金\n（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, None, "年度资金总额", 100, 100, 90.5, 10, "90.5%", 9.05],
    [None, None, "其中：当年财政拨款", 80, 80, 80, "—", "—", "—"],
    [None, None, "上年结转资金", 20, 20, 10.5, "—", "—", "—"],
    [None, None, "其他资金", None, None, None, "—", "—", "—"],
    ["年度总体目标", "预期目标", None, None, None, "实际完成情况", None, None, None],
    [None, "完成5个小区", None, None, None, "已完成5个小区", None, None, None],
    [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    [None, "产出指标", "数量指标", "改造小区数", "≥5个", "5个", 40, 40, None],
    [None, None, None, "指标2：", None, None, None, None, None],
    [None, None, "质量指标", "验收合格率", "≥95%", "90%", 20, 18.5, "雨季影响"],
    [None, "效益指标", "社会效益", "居住环境", "改善", "改善", 30, 28, None],
    ["总分", None, None, None, None, None, 100, 95.55, None],
]
FORM_MERGES = [
    "A1:I1", "A2:I2", "A3:B3", "C3:I3", "A4:B4", "C4:E4", "G4:I4", "A5:B9", "A10:A11", "B10:E10", "F10:I10", "B11:E11",
    "F11:I11", "A12:A16", "B13:B15", "C13:C14", "A17:F17",
]  # fmt: skip


def test_the_self_evaluation_form(tmp_path: Path) -> None:
    """The national form is its head, its funds, its goals and its indicators, each with its own columns."""
    reading = read(written.xlsx(tmp_path / "自评表.xlsx", FORM, merges=FORM_MERGES))
    by_kind = {}
    for table in reading.tables:
        by_kind.setdefault(table.kind, []).append(table)
    assert list(by_kind) == ["head", "funds", "goals", "scorecard"]
    facts = {c.key: c.text(0) for table in by_kind["head"] for c in table.columns}
    assert facts == {"project_name": "老旧小区改造", "department": "住建局", "implementer": "保障中心"}
    (funds,) = by_kind["funds"]
    assert funds.unit is not None
    assert values(funds, "spent")[:3] == [Decimal("90.5"), Decimal(80), Decimal("10.5")]
    assert [Role(int(role)) for role in funds.roles] == [Role.TOTAL, Role.DATA, Role.DATA, Role.DATA]
    (goals,) = by_kind["goals"]
    assert (values(goals, "expected"), values(goals, "achieved")) == (["完成5个小区"], ["已完成5个小区"])
    (card,) = by_kind["scorecard"]
    assert values(card, "level3")[0] == "改造小区数"
    assert [Role(int(role)).label for role in card.roles] == ["数据", "模板行", "数据", "数据", "合计"]
    assert column_of(card, "level1").spans == {0: 3}
    assert card.given(2, "target").text == "≥95%"
    assert values(card, "actual")[3] == "改善"


def test_a_local_form_without_merges(tmp_path: Path) -> None:
    """A local form with other columns and no merged cell gives the same funds and indicators."""
    rows = [
        ["部门项目绩效自评表"],
        ["项目名称", "老旧小区改造", "预算部门", "住建局"],
        ["资金构成", "预算数（万元）", "执行数（万元）", "执行率（%）"],
        ["财政拨款", 100, 80, 80],
        ["一级指标", "三级指标", "分值", "自评分", "复核分", "扣分原因"],
        ["产出", "小区数", 50, 50, 48, "少1个"],
        ["效益", "满意度", 50, 45, 45, None],
        ["合计", None, 100, 95, 93, None],
    ]
    reading = read(written.text(tmp_path / "自评.csv", rows, encoding="gb18030"))
    kinds = [table.kind for table in reading.tables]
    assert kinds == ["head", "head", "funds", "scorecard"] or kinds == ["head", "funds", "scorecard"]
    assert values(reading.tables[-2], "execution_rate") == [Decimal("0.80")]
    assert values(reading.tables[-1], "reviewed_score") == [Decimal(48), Decimal(45), Decimal(93)]
