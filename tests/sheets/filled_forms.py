"""Forms filled in at random in the ways units fill them in: each layout of the field as blocks of rows, and its numbers.

Written from the layouts of the forms, not from how they are read. A sheet is rows of cells and merged ranges (A1).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

Cell = object
Rows = list[list[Cell]]


@dataclass
class Sheet:
    """One filled form: its rows, its merged ranges, and the addresses of the numbers somebody wrote in it."""

    rows: Rows = field(default_factory=list)
    merges: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        """The A1 address of every cell that holds a number."""
        return {
            f"{chr(65 + c)}{r + 1}"
            for r, row in enumerate(self.rows)
            for c, cell in enumerate(row)
            if isinstance(cell, (int, float)) and not isinstance(cell, bool)
        }


def _money(rng: random.Random) -> float:
    return rng.choice([rng.randint(10, 9000), round(rng.uniform(1, 9000), 2)])


def _funds(rng: random.Random, head: list[Cell], names: list[str], scored: bool, label: str) -> Rows:
    """The block of money: a header, the whole, its sources; 分值 and 得分 stand in the row of the whole."""
    parts = [[_money(rng) for _ in range(3)] for _ in names[1:]]
    totals = (
        [round(sum(each), 2) for each in zip(*parts, strict=True)]
        if parts
        else [_money(rng) for _ in range(3)]
    )
    amounts = (
        sum(1 for each in head[2:] if each is not None and any(w in str(each) for w in ("数", "金额"))) or 3
    )
    rows: Rows = [[label, *head[1:]]]
    for number, name in enumerate(names):
        figures = (totals if number == 0 else parts[number - 1])[-amounts:]
        rest: list[Cell] = []
        if scored:
            rest = [10, 0.9, 9] if number == 0 else []
        elif len(head) > 3 + amounts:
            rest = [0.9]
        rows.append([None, name, None, *figures, *rest])
    return rows


def _indicators(rng: random.Random, head: list[Cell], label: str, row: Callable[[str], list[Cell]]) -> Rows:
    rows: Rows = [[label, *head]]
    for level1, seconds in (
        ("产出指标", ["数量指标", "质量指标", "时效指标", "成本指标"]),
        ("效益指标", ["社会效益指标", "生态效益指标"]),
        ("满意度指标", ["服务对象满意度指标"]),
    ):
        first = True
        for second in rng.sample(seconds, rng.randint(1, len(seconds))):
            for number in range(rng.randint(1, 2)):
                name = f"{second[:2]}项目{rng.randint(1, 99)}"
                rows.append(
                    [None, level1 if first else None, second if number == 0 else None, name, *row(second)]
                )
                first = False
        if rng.random() < 0.3:
            rows.append([None, None, None, "指标2"])
    return rows


def _target(rng: random.Random) -> list[Cell]:
    return rng.choice(
        [["≥100公里", "100公里"], ["≥95%", "97%"], ["改善", "已改善"], [30, 28], ["100%", None]]
    )


def l1(rng: random.Random, project: str) -> list[Rows]:
    """项目支出绩效自评表, 10号 附1."""
    funds = ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]
    return [
        [["项目支出绩效自评表"], ["（2023年度）"]],
        [
            ["项目名称", None, None, project],
            ["主管部门", None, None, "甲市交通局", None, "实施单位", None, "甲市公路中心"],
        ],
        _funds(
            rng,
            [None, None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
            funds,
            True,
            "项目资金（万元）",
        ),
        [
            ["年度总体目标", "预期目标", None, None, None, "实际完成情况"],
            [None, "养护道路100公里", None, None, None, "养护道路95公里"],
        ],
        _indicators(
            rng,
            [
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因分析及改进措施",
            ],
            "绩效指标",
            lambda _: [*_target(rng), rng.randint(5, 20), rng.randint(1, 5), rng.choice([None, "雨季停工"])],
        ),
        [["总分", None, None, None, None, None, 100, 93.5]],
    ]


def l2(rng: random.Random, project: str) -> list[Rows]:
    """项目自评表 of Hubei: 20 points for execution, 80 for the goals."""
    return [
        [
            ["2023年度" + project + "项目自评表"],
            ["单位名称：甲区农业科", None, None, None, None, "填报日期：2024年3月"],
        ],
        [
            ["项目名称", None, project],
            ["主管部门", None, "甲区农业局", None, "项目实施单位", "甲区农业科"],
            ["项目类别", None, "1、部门预算项目 ☑ 2、市直专项 □ 3、市对下转移支付项目 □"],
        ],
        [
            [
                "预算执行情况（万元）（20分）",
                None,
                None,
                "预算数（A）",
                "执行数（B）",
                "执行率（B/A）",
                "得分（20分*执行率）",
            ],
            [None, None, "年度财政资金总额", _money(rng), _money(rng), "95%", 19],
        ],
        _indicators(
            rng,
            ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
            "年度绩效目标（80分）",
            lambda _: [*_target(rng), rng.randint(1, 20)],
        ),
        [["总分", None, None, None, None, None, 97]],
        [["偏差大或目标未完成原因分析", None, "雨季停工"], ["改进措施及结果应用方案", None, "下年补做"]],
    ]


def l3(rng: random.Random, project: str) -> list[Rows]:
    """部门整体绩效自评表 of Hubei with two goals."""

    def goal() -> Rows:
        return _indicators(
            rng,
            ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
            "年度绩效指标",
            lambda _: [*_target(rng), rng.randint(1, 9)],
        )

    return [
        [["部门整体绩效自评表"]],
        [["单位名称", None, project], ["基本支出总额", None, _money(rng), None, "项目支出总额", _money(rng)]],
        [
            [
                "预算执行情况（万元）（20分）",
                None,
                None,
                "预算数（A）",
                "执行数（B）",
                "执行率",
                "得分（20分*执行率）",
            ],
            [None, None, "部门整体支出总额", _money(rng), _money(rng), "95%", 19],
        ],
        [
            ["年度目标1：（40分）", None, "完成重点工作"],
            *goal(),
            ["年度目标2：（40分）", None, "完成日常工作"],
            *goal(),
        ],
        [["总分", None, None, None, None, None, 97]],
    ]


def l4(rng: random.Random, project: str) -> list[Rows]:
    """部门整体支出绩效自评表 of Yunnan, with the main tasks."""
    return [
        [["部门整体支出绩效自评表"]],
        [["部门名称", None, project]],
        [
            ["一、部门年度目标", "财政年度", "目标", "实际完成情况"],
            [None, "2023年", "完成养护", "已完成养护"],
        ],
        [
            [
                "二、部门年度重点工作任务",
                "任务名称",
                "项目级次",
                "主要内容",
                "批复金额（万元）",
                None,
                None,
                "实际支出金额（万元）",
                "预算执行率",
                "预算执行偏低原因及改进措施",
            ],
            [None, None, None, None, "总额", "财政拨款", "其他资金"],
            *(
                [
                    None,
                    f"任务{n}",
                    "本级",
                    "养护",
                    _money(rng),
                    _money(rng),
                    _money(rng),
                    _money(rng),
                    "90%",
                    "无",
                ]
                for n in range(1, 3)
            ),
        ],
        _indicators(
            rng,
            ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值", "偏差原因"],
            "三、部门整体支出绩效指标",
            lambda _: ["≥", rng.randint(1, 99), "个", rng.randint(1, 99), None],
        ),
    ]


def l5(rng: random.Random, project: str) -> list[Rows]:
    """部门整体支出绩效自评表 of the Hunan type: the money by income and by use side by side."""
    return [
        [["部门整体支出绩效自评表"]],
        [["预算部门", None, None, project]],
        [
            [
                "年度预算申请（万元）",
                None,
                None,
                "年初预算数",
                "全年预算数",
                "全年执行数",
                "分值",
                "执行率",
                "得分",
            ],
            [None, "年度资金总额", None, _money(rng), _money(rng), _money(rng), 10, 0.9, 9],
            [None, "按收入性质分：", None, None, None, "按支出性质分："],
            [None, "其中：一般公共预算", None, _money(rng), None, "其中：基本支出", None, _money(rng)],
            [None, "政府性基金拨款", None, _money(rng), None, "项目支出", None, _money(rng)],
        ],
        [
            ["年度总体目标", "预期目标", None, None, None, "实际完成情况"],
            [None, "完成养护", None, None, None, "已完成养护"],
        ],
        _indicators(
            rng,
            [
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因分析及改进措施",
            ],
            "绩效指标",
            lambda _: [*_target(rng), rng.randint(5, 20), rng.randint(1, 5), None],
        ),
        [["总分", None, None, None, None, None, 100, 93.5]],
    ]


def l6(rng: random.Random, project: str) -> list[Rows]:
    """转移支付区域绩效目标自评表: no points at all."""
    return [
        [["转移支付区域绩效目标自评表"], ["（2023年度）"]],
        [
            ["转移支付（项目）名称", None, None, project],
            ["中央主管部门", None, None, "甲部"],
            ["地方主管部门", None, None, "甲厅", "资金使用单位", "乙县"],
        ],
        _funds(
            rng,
            [None, None, None, "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A×100%）"],
            ["年度资金总额", "其中：中央财政资金", "地方资金", "其他资金"],
            False,
            "资金投入情况（万元）",
        ),
        [
            ["资金管理情况", None, None, "情况说明", "存在问题和改进措施"],
            *(
                [None, name, None, "按规定办理", "无"]
                for name in ("分配科学性", "下达及时性", "拨付合规性", "使用规范性")
            ),
        ],
        [
            ["总体目标完成情况", "总体目标", None, None, "全年实际完成情况"],
            [None, "改造120个", None, None, "改造118个"],
        ],
        _indicators(
            rng,
            ["一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"],
            "绩效指标",
            lambda _: [*_target(rng), None],
        ),
        [["说明", "无"]],
    ]


def l7(rng: random.Random, project: str) -> list[Rows]:
    """项目支出绩效目标执行监控表, 136号."""
    reasons = ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"]
    chances = ["确定能", "有可能", "完全不可能"]
    head: list[Cell] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "1~7月执行情况",
        "全年预计完成情况",
        "偏差原因分析",
        *[None] * 5,
        "完成目标可能性",
        None,
        None,
        "备注",
    ]
    rows = _indicators(
        rng, head, "绩效指标", lambda _: [*_target(rng), "100%", *[None] * 5, "无", "√", None, None, None]
    )
    rows.insert(1, [*[None] * 7, *reasons, *chances])
    return [
        [["项目支出绩效目标执行监控表"], ["（2023年度）"]],
        [
            ["项目名称", None, None, project],
            ["主管部门及代码", None, None, "甲局[101]", None, "实施单位", None, "甲中心"],
        ],
        _funds(
            rng,
            [None, None, None, "年初预算数", "1~7月执行数", "全年预计执行数", "1~7月执行率"],
            ["年度资金总额", "其中：本年一般公共预算拨款", "其他资金"],
            False,
            "项目资金（万元）",
        ),
        [["年度总体目标", "完成养护"]],
        rows,
    ]


def l8a(rng: random.Random, project: str) -> list[Rows]:
    """项目支出绩效目标申报表, 88号: two blocks side by side under one first level."""
    head: list[Cell] = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
    return [
        [["项目支出绩效目标申报表"], ["（2023年度）"]],
        [
            ["项目名称", None, project],
            ["主管部门及代码", None, "甲局", None, "实施单位", "甲中心"],
            ["项目属性", None, "☑新增 □延续", None, "项目期", "3年"],
        ],
        [
            ["项目资金（万元）", "中期资金总额：", _money(rng), None, "年度资金总额：", _money(rng)],
            [None, "其中：财政拨款", _money(rng), None, "其中：财政拨款", _money(rng)],
            [None, "其他资金", _money(rng), None, "其他资金", _money(rng)],
        ],
        [
            ["总体目标", "中期目标", None, None, "年度目标"],
            [None, "三年完成养护", None, None, "当年完成养护"],
        ],
        _indicators(
            rng,
            head,
            "绩效指标",
            lambda second: [rng.randint(1, 99), second, f"年度{rng.randint(1, 99)}", rng.randint(1, 99)],
        ),
    ]


def l8b(rng: random.Random, project: str) -> list[Rows]:
    """县级财政支出项目绩效目标申报表."""
    head: list[Cell] = ["一级指标", "二级指标", "指标内容", "指标值", "备注"]
    return [
        [["财政支出项目绩效目标申报表"], ["填报单位（盖章）：甲局"]],
        [
            ["项目名称", None, project],
            ["项目属性", None, "新增☑ 延续□"],
            ["项目起止时间", None, "2023年1月至12月"],
        ],
        [
            ["项目资金申请（万元）", "资金总额", _money(rng)],
            [None, "财政拨款", _money(rng)],
            [None, "自有资金", _money(rng)],
            [None, "其中：事业收入", _money(rng)],
            [None, "其他", _money(rng)],
        ],
        [["单位职能概述", None, "养护道路"], ["项目概况", None, "养护"]],
        [
            ["项目实施进度计划", "项目实施内容", "开始时间", "完成时间"],
            [None, "招标", "1月", "3月"],
            [None, "施工", "4月", "12月"],
        ],
        [["长期目标", None, "三年完成"], ["年度目标", None, "当年完成"]],
        _indicators(rng, head, "长期绩效指标", lambda _: [rng.randint(1, 99), None]),
        _indicators(rng, head, "年度绩效指标", lambda _: [rng.randint(1, 99), None]),
    ]


def l9(rng: random.Random, project: str) -> list[Rows]:
    """绩效自评结果汇总表."""
    head: list[Cell] = [
        "序号",
        "主管部门",
        "项目单位",
        "项目名称",
        "项目类型",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "预算执行率",
        "自评得分",
        "自评等级",
        "未完成绩效指标数",
        "备注",
    ]
    rows = [
        [
            n,
            "甲局",
            "甲中心",
            f"{project}{n}",
            "一次性",
            _money(rng),
            _money(rng),
            _money(rng),
            "90%",
            90 + n,
            "优",
            n,
        ]
        for n in range(1, 5)
    ]
    return [[["2023年度绩效自评结果汇总表"], ["填报部门：甲局", *[None] * 9, "单位：万元"]], [head, *rows]]


def l10(rng: random.Random, project: str) -> list[Rows]:
    """项目支出绩效自评复核表."""
    head: list[Cell] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "权重",
        "自评完成值",
        "自评得分",
        "复核完成值",
        "复核得分",
        "偏差",
        "备注",
    ]
    rows = _indicators(
        rng,
        head,
        "",
        lambda _: [
            "≥",
            rng.randint(1, 99),
            "个",
            10,
            rng.randint(1, 99),
            10,
            rng.randint(1, 99),
            8,
            -2,
            "佐证不足",
        ],
    )
    body = [row[1:] for row in rows if len(row) > 4]
    return [
        [["附件1"], [f"001-{project}项目支出绩效自评复核表"]],
        [*body, ["合计", None, None, None, None, None, 100, None, 98, None, 90, -8]],
    ]


def l12(rng: random.Random, project: str) -> list[Rows]:
    """专项债券项目绩效自评表: as L1, with the particulars of the bond."""
    bond: Rows = [
        ["总投资", None, None, _money(rng), None, "项目资本金", None, _money(rng)],
        ["发行金额", None, None, _money(rng), None, "到位金额", None, _money(rng)],
        ["本息覆盖倍数", None, None, 1.35],
    ]
    first, *rest = l1(rng, project)
    return [[["专项债券项目绩效自评表"], *first[1:]], rest[0], bond, *rest[1:]]


LAYOUTS: dict[str, Callable[[random.Random, str], list[Rows]]] = {
    "L1": l1, "L2": l2, "L3": l3, "L4": l4, "L5": l5, "L6": l6, "L7": l7, "L8a": l8a, "L8b": l8b, "L9": l9, "L10": l10, "L12": l12,
}  # fmt: skip
WAYS = ("merged", "unmerged", "filled", "other order", "extra lines")


def filled(layout: str, way: str, rng: random.Random, project: str = "道路养护") -> Sheet:
    """A form of a layout filled in one of the ways: merged as printed, unmerged, labels repeated in each row, blocks moved, lines between."""
    blocks = LAYOUTS[layout](rng, project)
    if way == "other order" and len(blocks) > 4:
        middle = blocks[2:-1]
        rng.shuffle(middle)
        blocks = [*blocks[:2], *middle, blocks[-1]]
    if way == "extra lines":
        blocks = [each for block in blocks for each in (block, [[]])]
    sheet = Sheet()
    for block in blocks:
        top = len(sheet.rows)
        sheet.rows += [list(row) for row in block]
        if len(block) > 2 and block[0] and all(row and row[0] is None for row in block[1:]):
            if way == "merged":
                sheet.merges.append(f"A{top + 1}:A{top + len(block)}")
            elif way == "filled":
                for row in sheet.rows[top + 1 :]:
                    row[0] = block[0][0]
    return sheet
