"""虚构示例: a made-up city of districts scored by indicator, with a scorecard of three levels, funds, outputs and lists."""

from __future__ import annotations

from pathlib import Path

from tests.reports.trial import workbook

LEAVES = (
    ("决策", "项目立项", "立项依据充分性", 8),
    ("决策", "绩效目标", "绩效目标合理性", 6),
    ("决策", "资金投入", "预算编制科学性", 6),
    ("过程", "资金管理", "预算执行率", 12),
    ("过程", "组织实施", "管理制度健全性", 8),
    ("产出", "产出数量", "实际完成率", 20),
    ("产出", "产出质量", "质量达标率", 20),
    ("效益", "项目效益", "满意度", 20),
)
_RULE = "依据充分、程序规范的得满分；每缺一项扣 1 分，扣完为止；没有资料的由评价人员决定。"


def city(folder: Path, count: int = 12) -> None:
    """Writes a project of so many made-up districts."""
    folder.mkdir(parents=True)
    names = [f"虚构{'甲乙丙丁戊己庚辛壬癸子丑'[n % 12]}{n // 12 or ''}县" for n in range(count)]
    scores = [
        [round(w * (0.72 + ((n * 17 + i * 23) % 27) / 100), 1) for i, (*_, w) in enumerate(LEAVES)]
        for n in range(count)
    ]
    by_indicator = [
        ["虚构示例：各县区分项得分情况表"],
        ["县区", *(f"{third}（{w}分）" for _, _, third, w in LEAVES), "得分", "评价方式"],
        *(
            [name, *row, round(sum(row), 1), "现场评价" if n % 2 else "非现场评价"]
            for n, (name, row) in enumerate(zip(names, scores, strict=True))
        ),
    ]
    card = [
        ["虚构示例：绩效评价指标体系评分表"],
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分原因"],
        *(
            [first, second, third, w, _RULE, round(w * 0.9, 1), "材料不全，附件未盖章" if w == 20 else None]
            for first, second, third, w in LEAVES
        ),
        ["合计", None, None, 100, None, 90, None],
    ]
    funds = [
        ["虚构示例：资金安排与使用情况表"],
        ["单位：万元"],
        ["资金来源", "预算资金", "到位资金", "支出资金"],
        ["中央资金", 5200.5, 5200.5, 4100.25],
        ["省级资金", 1800, 1500, 1200],
        ["市级资金", 900, 900, 333.33],
        ["合计", 7900.5, 7600.5, 5633.58],
    ]
    outputs = [
        ["虚构示例：产出完成情况表"],
        ["产出指标", "计划数", "实际完成数"],
        ["改造小区（个）", 120, 126],
        ["惠及户数（户）", 24000, 22110],
    ]
    lists = [
        ["虚构示例：改造小区清单"],
        ["序号", "小区名称", "改造内容"],
        *([n, f"虚构小区{n}", "屋面防水改造、给水排水管网改造"] for n in range(1, 31)),
    ]
    problems = [
        ["虚构示例：问题清单"],
        ["序号", "问题", "一级指标", "二级指标", "三级指标", "出处"],
        [1, "虚构示例：部分县区资金支出偏慢", "过程", "资金管理", "预算执行率", "六、（一）"],
    ]
    facts = [
        ["项目基本情况"],
        ["事项", "内容"],
        ["项目名称", "虚构示例：云汉市老旧小区改造"],
        ["年度", "2024年度"],
    ]
    workbook(folder / "虚构示例得分.xlsx", {"分项得分": by_indicator, "评分表": card})
    workbook(
        folder / "虚构示例资金.xlsx",
        {"资金": funds, "产出": outputs, "小区": lists, "问题": problems, "概况": facts},
    )
