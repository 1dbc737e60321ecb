"""How a form is printed: L1 and L12 as the generator of filled forms prints them, L2 and L6 with columns of their own."""

from __future__ import annotations

from collections.abc import Sequence

from tests.evaluation import filled_forms
from tests.evaluation.filled_forms import Form, Value, plain

HUBEI = {"3": "name", "4": "target", "5": "actual", "6": "score"}
TRANSFER = {"3": "name", "4": "target", "5": "actual", "6": "reason"}


def lay_out(form: Form) -> Form:
    """Fills rows, merges and the places of the figures from what the form says."""
    style = form.layout["style"]
    if style in ("hubei-project", "transfer"):
        form.rows, form.merges, form.at = [], [], {}
        _Printer(form).print()
        if not form.layout["merged"]:
            form.merges = []
        return form
    return filled_forms.lay_out(form)


class _Printer:
    """Puts the rows of a form of seven columns, remembering where each figure stands."""

    def __init__(self, form: Form) -> None:
        self.form, self.hubei = form, form.layout["style"] == "hubei-project"

    def put(self, cells: Sequence[Value], **named: int) -> int:
        self.form.rows.append([*cells, *[""] * (7 - len(cells))])
        row = len(self.form.rows) - 1
        self.form.at.update({name.replace("__", "/"): (row, column) for name, column in named.items()})
        return row

    def print(self) -> None:
        """Puts head, money, goals, indicators and what stands below."""
        form = self.form
        for _ in range(int(str(form.layout["shift"]))):
            self.put(["附件2"])
        self.put([form.title])
        if self.hubei:
            self.put(
                [f"单位名称：{form.extra['implementer']}", "", "", "", f"填报日期：{form.year + 1}年3月"],
                year=0,
            )
            self.form.at["year"] = (len(form.rows) - 2, 0)
            self.put(["项目名称", "", form.project], project=2)
            self.put(["主管部门", "", form.unit, "", "项目实施单位", form.extra["implementer"]])
            chosen = int(str(form.layout["labels"]))
            kinds = ("部门预算项目", "市直专项", "市对下转移支付项目")
            self.put(["项目类别", "", " ".join(f"{n + 1}、{kind} {'☑' if n == chosen else '□'}" for n, kind in enumerate(kinds))])  # fmt: skip
        else:
            self.put([f"（{form.year}年度）"], year=0)
            self.put(["转移支付（项目）名称", "", "", form.project], project=3)
            self.put(["中央主管部门", "", "", form.extra.get("central", "")])
            self.put(["地方主管部门", "", "", form.unit, "资金使用单位", form.extra["implementer"]])
        blocks = [self.funds, *([] if self.hubei else [self.manners]), self.goals]
        if form.layout["order"] == "goals first":
            blocks.reverse()
        for block in (*blocks, self.indicators, self.end):
            block()

    def funds(self) -> None:
        """Puts the block of money."""
        form = self.form
        if self.hubei:
            first = self.put(["预算执行情况（万元）（20分）", "", "", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"])  # fmt: skip
            self.put(["", "年度财政资金总额", "", form.whole[1], form.whole[2], form.rate, form.rate_score],
                     whole__budget=3, whole__spent=4, rate=5, rate_score=6)  # fmt: skip
        else:
            first = self.put(
                [
                    "资金投入情况（万元）",
                    "",
                    "",
                    "",
                    "全年预算数（A）",
                    "全年执行数（B）",
                    "预算执行率（B/A×100%）",
                ]
            )
            self.put(["", "年度资金总额", "", "", form.whole[1], form.whole[2], form.rate], whole__budget=4, whole__spent=5, rate=6)  # fmt: skip
        at = 3 if self.hubei else 4
        for k, source in enumerate(form.sources):
            label = ("其中：" if k == 0 else "") + str(source[0])
            cells = ["", label, *[""] * (at - 2), source[2], source[3]]
            row = self.put(cells)
            form.at |= {f"source{k}/budget": (row, at), f"source{k}/spent": (row, at + 1)}
        form.merges.append((first, 0, len(form.rows) - 1, 0))

    def manners(self) -> None:
        """Puts the block on how the money was managed."""
        first = self.put(["资金管理情况", "", "", "", "情况说明", "", "存在问题和改进措施"])
        said = {
            "分配科学性": "按因素法分配，方案经集体研究", "下达及时性": "收到上级文件后25日内下达", "拨付合规性": "按国库集中支付办理",
            "使用规范性": "未发现截留挪用", "执行准确性": "按批复用途使用", "预算绩效管理情况": "设定目标并开展监控", "支出责任履行情况": "地方资金按时安排",
        }  # fmt: skip
        for name, text in said.items():
            self.put(["", name, "", "", text, "", "无"])
        self.form.merges.append((first, 0, len(self.form.rows) - 1, 0))

    def goals(self) -> None:
        """Puts what was meant and what was reached."""
        label = "年度总体目标" if self.hubei else "总体目标完成情况"
        first = self.put(
            [
                label,
                "预期目标" if self.hubei else "总体目标",
                "",
                "",
                "实际完成情况" if self.hubei else "全年实际完成情况",
            ]
        )
        row = self.put(["", self.form.goal[0], "", "", self.form.goal[1]], goal=1, outcome=4)
        self.form.merges += [
            (first, 0, row, 0),
            *((r, c, r, d) for r in (first, row) for c, d in ((1, 3), (4, 6))),
        ]

    def indicators(self) -> None:
        """Puts the indicators, a row each."""
        form = self.form
        if self.hubei:
            head = [
                "年度绩效目标1（80分）",
                "一级指标",
                "二级指标",
                "三级指标",
                "年初目标值（A）",
                "实际完成值（B）",
                "得分",
            ]
        else:
            head = [
                "绩效指标",
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值",
                "全年实际完成值",
                "未完成原因和改进措施",
            ]
        first = self.put(head)
        before = ("", "")
        for k, line in enumerate(form.lines):
            level1 = "" if line.level1 == before[0] else line.level1
            level2 = "" if before == (line.level1, line.level2) else line.level2
            name = f"{line.name}（{plain(line.weight)}分）" if self.hubei else line.name
            row = self.put(
                [
                    "",
                    level1,
                    level2,
                    name,
                    line.target,
                    line.actual,
                    line.score if self.hubei else line.reason,
                ]
            )
            form.at |= {
                f"{k}/{part}": (row, int(c)) for c, part in (HUBEI if self.hubei else TRANSFER).items()
            }
            form.at |= {f"{k}/level1": (row, 1), f"{k}/level2": (row, 2)}
            if self.hubei:
                form.at[f"{k}/weight"] = (row, 3)
            before = (line.level1, line.level2)
            if form.layout["template"] and level2 == "数量指标":
                self.put(["", "", "", "指标2："], template=3)
                self.put(["", "", "", "……"])
        form.merges.append((first, 0, len(form.rows) - 1, 0))

    def end(self) -> None:
        """Puts the total and the words below."""
        form = self.form
        if self.hubei:
            self.put(["总分", "", "", "", "", "", form.total], total=6)
            missed = [
                (k, line)
                for k, line in enumerate(form.lines)
                if line.reason not in ("", "无", "已完成", "/", "—")
            ]
            why = "；".join(f"{line.name}：{line.reason}" for _, line in missed) or "无"
            row = self.put(["偏差大或目标未完成原因分析", "", why])
            form.at |= {f"{k}/reason": (row, 2) for k in range(len(form.lines))}
            self.put(["改进措施及结果应用方案", "", "按月调度，结果作为下年预算安排参考"])
        if form.layout["survey"]:
            self.put(["备注" if self.hubei else "说明", "", form.extra["survey"]], survey=2)
