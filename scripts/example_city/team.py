"""The sheets of the evaluation team (评价组): what they write once the forms are merged. Every score is computed or set here."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import xlsxwriter

from ..returned_forms.files import CREATED, fixed
from .city import CITY, LABEL, TITLE, County
from .forms import MISSING, paper

_CENT = Decimal("0.01")
_AUTHORS = ("编制人甲（虚构）", "复核人乙（虚构）", "终评人丙（虚构）")
_SCORED, _REVIEWED = "2026-02-10", "2026-02-16"
_INDICATORS: tuple[tuple[str, str, str, int, str], ...] = (
    ("决策", "项目立项", "立项依据充分性", 3, "符合政策和规划得 3 分，缺一项扣 1 分"),
    ("决策", "项目立项", "立项程序规范性", 3, "程序齐全得 3 分，缺一项扣 1 分"),
    ("决策", "绩效目标", "绩效目标合理性", 3, "目标与任务相符得 3 分，不符酌情扣分"),
    ("决策", "绩效目标", "绩效指标明确性", 3, "指标可衡量得 3 分，一项不可衡量扣 0.5 分"),
    ("决策", "资金投入", "预算编制科学性", 3, "有测算依据得 3 分，无依据不得分"),
    ("决策", "资金投入", "资金分配合理性", 2, "按任务分配得 2 分，否则酌情扣分"),
    ("过程", "资金管理", "资金到位率", 4, "到位数÷预算数×4，最高 4 分"),
    ("过程", "资金管理", "预算执行率", 5, "支出数÷到位数×5，最高 5 分"),
    ("过程", "资金管理", "资金使用合规性", 4, "合规得 4 分，一处不合规扣 1 分"),
    ("过程", "组织实施", "管理制度健全性", 2, "制度健全得 2 分，缺一项扣 0.5 分"),
    ("过程", "组织实施", "制度执行有效性", 4, "执行到位得 4 分，一处不到位扣 0.5 分"),
    ("产出", "产出数量", "实际完成率", 12, "完成小区数÷计划小区数×12"),
    ("产出", "产出质量", "质量达标率", 8, "验收合格得 8 分，一个小区未验收扣 1 分"),
    ("产出", "产出时效", "完成及时性", 6, "按期完工得 6 分，延期一个小区扣 1 分"),
    ("产出", "产出成本", "成本节约率", 6, "不超概算得 6 分，超过扣完为止"),
    ("效益", "项目效益", "实施效益", 20, "居住条件改善，按现场评价打分"),
    ("效益", "项目效益", "满意度", 12, "满意人数÷有效样本数×12"),
)
_HEADS = (
    "一级指标", "二级指标", "三级指标", "分值", "评分标准", "数据来源", "计算过程", "自评分", "初评分", "复核分", "终评分",
    "扣分", "扣分原因", "证据编号", "复核调整原因", "编制人", "复核人", "终评人", "编制日期", "复核日期",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One indicator of one county as the team scored it."""

    county: str
    indicator: str
    weight: int
    first: Decimal
    score: Decimal
    calculation: str
    reason: str
    evidence: str
    changed: str = ""

    @property
    def loss(self) -> Decimal:
        """分值 less score."""
        return self.weight - self.score


def team_sheets(counties: Sequence[County]) -> dict[str, bytes]:
    """The workbooks by name; 意见采纳表.xlsx is written after the draft has been sent round."""
    scored = {county.name: _lines(county) for county in counties if county.name != MISSING}
    everything = [line for lines in scored.values() for line in lines]
    return {
        "项目基本情况.xlsx": _book({"项目基本情况": ("项目基本情况表", _head(), ())}),
        "评分底稿.xlsx": _book(
            {
                "全市评分底稿": (f"{CITY}评分底稿", _card(_whole(scored)), ()),
                **{
                    f"{name}评分底稿": (f"{name}评分底稿", _card(lines), ()) for name, lines in scored.items()
                },
            }
        ),
        "问题清单.xlsx": _book({"问题清单": ("问题清单", _problems(everything), ())}),
        "证据清单.xlsx": _book({"证据清单": ("证据清单", _evidence(counties), ())}),
        "文字材料.xlsx": _book({"文字材料": ("文字材料", _texts(), ())}),
        "意见采纳表.xlsx": _book({"意见采纳表": ("意见采纳表", _opinions(), ())}),
    }


def _lines(county: County) -> list[Line]:
    funds, outputs, survey = (county.values[kind] for kind in ("funds", "outputs", "satisfaction"))

    def whole(key: str) -> Decimal:
        return sum((value for record in funds if isinstance(value := record.get(key), Decimal)), Decimal(0))

    estates = outputs[0]
    lines = []
    for at, (_, _, name, weight, _) in enumerate(_INDICATORS):
        part, of, said = {
            "资金到位率": (whole("received"), whole("budget"), "到位数÷预算数"),
            "预算执行率": (whole("spent"), whole("received"), "支出数÷到位数"),
            "实际完成率": (estates["actual"], estates["planned"], "完成小区数÷计划小区数"),
            "满意度": (survey[0]["satisfied"], survey[0]["respondents"], "满意人数÷有效样本数"),
        }.get(name, (Decimal(1), Decimal(1), ""))
        assert isinstance(part, Decimal)
        assert isinstance(of, Decimal)
        score = min(Decimal(weight), (weight * part / of)).quantize(_CENT, ROUND_HALF_UP)
        calculation = f"{part}÷{of}×{weight}＝{score}" if said else "按评分标准"
        reason = f"{said}为{(part / of * 100).quantize(_CENT, ROUND_HALF_UP)}%" if score < weight else ""
        first, changed = score, ""
        if name == "绩效指标明确性" and county.number % 3 == 0:
            score, reason = score - Decimal("0.5"), "效益指标没有量化"
            first = score
        if name == "制度执行有效性" and county.number % 4 == 1:
            score, reason = score - Decimal("0.5"), "1 个小区监理日志不全"
            changed = "复核时查看监理日志，1 个小区缺 2 个月"
        if name == "质量达标率" and estates["actual"] != estates["planned"]:
            score, reason, first = score - 1, "1 个小区未验收", score - 1
        number = f"E{county.number:02}-{at + 1:02}" if score < weight else f"E{county.number:02}-00"
        lines.append(Line(county.name, name, weight, first, score, calculation, reason, number, changed))
    return lines


def _whole(scored: dict[str, list[Line]]) -> list[Line]:
    """The city's scores: the mean of its counties, rounded at the third level."""
    lines = []
    for at, (_, _, name, weight, _) in enumerate(_INDICATORS):
        parts = [lines[at].score for lines in scored.values()]
        score = (sum(parts, Decimal(0)) / len(parts)).quantize(_CENT, ROUND_HALF_UP)
        below = [county for county, lines in scored.items() if lines[at].score < weight]
        reason = f"{len(below)} 个县区扣分，见各县区评分底稿" if below else ""
        lines.append(Line("", name, weight, score, score, f"{len(parts)} 个县区得分的平均", reason, "E00-01"))
    return lines


def _card(lines: Iterable[Line]) -> list[list[object]]:
    rows: list[list[object]] = [list(_HEADS)]
    for (first, second, third, weight, rule), line in zip(_INDICATORS, lines, strict=True):
        rows.append(
            [
                first, second, third, Decimal(weight), rule, "县区填报表", line.calculation, Decimal(weight), line.first,
                line.score, line.score, line.loss, line.reason, line.evidence, line.changed, *_AUTHORS, _SCORED, _REVIEWED,
            ]
        )  # fmt: skip
    own = rows[1:]
    total: list[object] = ["合计", "", ""]
    for column in range(3, len(_HEADS)):
        cells = [row[column] for row in own]
        total.append(sum(cells, Decimal(0)) if all(isinstance(cell, Decimal) for cell in cells) else "")  # type: ignore[arg-type]
    return [*rows, total]


def _problems(lines: Iterable[Line]) -> list[list[object]]:
    heads = [
        "编号",
        "县区",
        "问题",
        "三级指标",
        "扣分",
        "涉及金额（万元）",
        "证据编号",
        "页码",
        "责任单位",
        "反馈",
        "是否采纳",
        "理由",
    ]
    rows: list[list[object]] = [list(heads)]
    for line in lines:
        if line.loss:
            amount = ""
            rows.append(
                [
                    f"W{len(rows):03}", line.county, line.reason, line.indicator, line.loss, amount, line.evidence, "1",
                    f"{line.county}住房和城乡建设局", *_replied(line),
                ]
            )  # fmt: skip
    return rows


def _replied(line: Line) -> tuple[str, str, str]:
    """What a county answered to a problem, whether that was adopted, and why."""
    if (line.county, line.indicator) == ("丁卯县", "满意度"):
        return "不同意扣分，问卷由社区代填", "否", "满意度按有效问卷计算，没有新的依据"
    if (line.county, line.indicator) == ("庚午县", "资金到位率"):
        return "部分资金 2026 年 1 月到位", "否", "评价数据截至 2025-12-31"
    return "", "", ""


def evidence_files(counties: Sequence[County]) -> dict[str, bytes]:
    """The files of evidence by name: a page a county."""
    names = ("全市", *(county.name for county in counties if county.name != MISSING))
    return {f"{name}核查记录.pdf": paper(f"{name}核查记录（{LABEL}）") for name in names}


def _evidence(counties: Sequence[County]) -> list[list[object]]:
    rows: list[list[object]] = [["证据编号", "县区", "证据名称", "文件", "页码", "SHA-256"]]
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in evidence_files(counties).items()}

    def add(number: str, county: str, what: str, file: str) -> None:
        rows.append([number, county, what, file, "1", hashes[file]])

    add("E00-01", "", "各县区得分汇总核查记录", "全市核查记录.pdf")
    for county in counties:
        if county.name != MISSING:
            file = f"{county.name}核查记录.pdf"
            add(f"E{county.number:02}-00", county.name, "填报表核查记录", file)
            for line in _lines(county):
                if line.loss:
                    add(line.evidence, county.name, f"{line.indicator}核查记录", file)
    return rows


def _head() -> list[list[object]]:
    return [
        ["事项", "填写内容"],
        ["项目名称", TITLE],
        ["地区", f"{CITY}（{LABEL}）"],
        ["年度", "2025"],
        ["评价类型", "财政评价"],
        ["主管部门", f"{CITY}住房和城乡建设局（{LABEL}）"],
        ["评价机构", f"某评价机构（{LABEL}）"],
        ["主评人", "主评人丁（虚构）"],
        ["数据截至", "2025-12-31"],
        ["评价范围", "12 个县区 2025 年老旧小区改造补助资金"],
    ]


def _texts() -> list[list[object]]:
    return [
        ["章节", "内容"],
        ["项目概况", f"{CITY}及其县区均为虚构，本材料为{LABEL}，用于说明软件的用法。"],
        ["绩效目标", "完成年度改造任务，补齐配套设施，居民满意度不低于 80%。"],
        ["评价工作", "发放填报表 12 份，收回 11 份，对 6 个县区作现场评价，其余作非现场评价。"],
        ["主要经验", "按小区建档，先征求居民意见再定改造内容。"],
        ["存在的问题", "部分县区资金支出偏慢，1 个县区没有报送。"],
        ["原因分析", "竣工结算滞后，尾款待审计后支付。"],
        ["有关建议", "加快结算和支付；没有报送的县区补报后另行评价。"],
    ]


def _opinions() -> list[list[object]]:
    return [
        ["编号", "提出单位", "日期", "意见内容", "对应内容", "是否采纳", "理由/修改情况"],
        [
            "1",
            f"甲子县住房和城乡建设局（{LABEL}）",
            "2026-03-02",
            "建议写明支出数的截止日期",
            "资金支出情况",
            "采纳",
            "已写明数据截至 2025-12-31",
        ],
        [
            "2",
            f"庚午县住房和城乡建设局（{LABEL}）",
            "2026-03-03",
            "省级资金支出大于到位系以前年度结转",
            "预算执行率",
            "部分采纳",
            "在备注中说明，待提供结转依据",
        ],
        [
            "3",
            f"丁卯县住房和城乡建设局（{LABEL}）",
            "2026-03-03",
            "不同意满意度扣分",
            "满意度",
            "不采纳",
            "满意度按有效问卷计算，没有新的依据",
        ],
    ]


def _book(sheets: dict[str, tuple[str, list[list[object]], tuple[str, ...]]]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": CREATED})
        base = {"valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#D0D7DE"}
        title, cell = book.add_format({"bold": True, "font_size": 14}), book.add_format(base)
        header = book.add_format({**base, "bold": True, "bg_color": "#F0F2F5", "align": "center"})
        for name, (heading, rows, notes) in sheets.items():
            page = book.add_worksheet(name)
            page.write_string(0, 0, f"{heading}（{LABEL}）", title)
            for row, cells in enumerate(rows, start=1):
                for column, content in enumerate(cells):
                    style = header if row == 1 else cell
                    if isinstance(content, Decimal):
                        places = max(0, -int(content.as_tuple().exponent))
                        number = book.add_format(
                            {**base, "num_format": f"0.{'0' * places}" if places else "0"}
                        )
                        page.write_number(row, column, float(content), number)
                    else:
                        page.write_string(row, column, str(content), style)
            for column in range(len(rows[0])):
                longest = max(len(str(row[column])) for row in rows if column < len(row))
                page.set_column(column, column, min(40, max(8, longest * 2)))
            for line, note in enumerate(notes, start=len(rows) + 2):
                page.write_string(line, 0, note)
            page.freeze_panes(2, 0)
            page.set_landscape()
            page.fit_to_pages(1, 0)
    return fixed(held.getvalue())
