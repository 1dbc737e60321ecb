"""The review as tables: deductions with their problems, the lines of the 评分底稿, the evidence, the opinions on a draft."""

from __future__ import annotations

from wenxiao.display.condensed import condensed
from wenxiao.display.districts import district_word
from wenxiao.display.inline import Inline, Plain, Quiet, phrase
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import Deduction, Evaluation, Opinion, ScoreLine, Support

_INDICATOR = Head("指标", words=True)
_NOT_NUMBERED = "未编号"
_SIGNED = ("编制", "复核")


def deductions_table(evaluation: Evaluation, district: str = "") -> ReportTable | None:
    """The points each indicator lost beside the problems listed under it, of the project or of one district.

    None where no list states what its problems cost, or nothing was taken off.
    """
    found = [
        each
        for each in evaluation.deductions.each
        if each.district == district and (each.problems or each.lost.number)
    ]
    if not found:
        return None
    heads = (Head("扣分"), Head("问题扣分合计"), Head("问题编号", words=True), Head("扣分原因", words=True))
    rows = tuple(Row(each.indicator.name, _deducted(each)) for each in found)
    return ReportTable(f"{district}扣分与问题对应", _INDICATOR, heads, rows, "分").with_notes(
        "扣分为分值－得分，问题扣分合计为问题清单中该指标各问题扣分之和。"
    )


def _deducted(each: Deduction) -> tuple[Inline, ...]:
    numbers = "、".join(problem.number or _NOT_NUMBERED for problem in each.problems)
    return (
        Plain(each.lost),
        Plain(each.listed) if each.listed else Quiet("—"),
        numbers or Quiet("无对应问题"),
        each.indicator.reason,
    )


def review_state_table(evaluation: Evaluation) -> ReportTable | None:
    """How far the review of each of several districts is: what it lost, its problems, what waits for whom; internal.

    None without 评分底稿 of districts.
    """
    districts = [name for name in evaluation.district_cards if _of(evaluation, name)]
    if not districts:
        return None
    word = district_word(evaluation.project)
    heads = (Head("得分"), *map(Head, ("扣分指标", "问题", "待评价人决定", "待补证", "反馈未决定")))
    rows = tuple(Row(name, _state(evaluation, name)) for name in districts)
    table = ReportTable(f"各{word}复核情况", Head(word, words=True), heads, rows, internal=True)
    return table.with_notes("得分单位为分，其余为个数；待评价人决定的是缺少证据、还没有写明处理的得分。")


def _of(evaluation: Evaluation, district: str) -> list[ScoreLine]:
    return [line for line in evaluation.score_lines if line.district == district]


def _state(evaluation: Evaluation, district: str) -> tuple[Inline, ...]:
    lines = _of(evaluation, district)
    problems = [each for each in evaluation.problems if each.district == district]
    waiting = [each for each in problems if each.feedback and not each.adopted.decided]
    counts = (
        sum((line.lost.number or 0) > 0 for line in lines),
        len(problems),
        sum(line.support is Support.UNDECIDED for line in lines),
        sum(line.support is Support.AWAIT for line in lines),
        len(waiting),
    )
    return (Plain(evaluation.district_cards[district].total), *(str(count) for count in counts))


def score_sheet_table(evaluation: Evaluation, district: str = "") -> ReportTable | None:
    """The lines of a 评分底稿, of the project or of one district: score, evidence, who did what when; internal.

    Weight, deduction and its reason stand in the table of scores. A score without evidence stands as it was given, with what its evaluator decided, or 待评价人决定.
    """
    lines = [line for line in evaluation.score_lines if line.district == district]
    if not lines:
        return None
    heads = [Head("得分")]
    optional = {
        "reference": any(line.basis.reference.quantity for line in lines),
        "calculation": any(line.basis.calculation for line in lines),
    }
    heads += [Head("测算参考")] if optional["reference"] else []
    heads += [Head("证据", words=True)]
    heads += [Head("计算过程", words=True)] if optional["calculation"] else []
    heads += [Head(role, words=True) for role in _SIGNED]
    rows = tuple(
        Row(line.row.name, (*_scored(line, optional), *(_signed(line, role) for role in _SIGNED)))
        for line in lines
    )
    table = ReportTable(f"{district}评分底稿", _INDICATOR, tuple(heads), rows, "分", internal=True)
    notes: list[Inline] = []
    if optional["reference"]:
        notes.append("测算参考是按评价规则的方法算出的数，只供参考，不计入得分。")
    if any(line.support not in (None, Support.THERE) for line in lines):
        notes.append("缺少证据的得分照填报的数，是否扣分由评价人决定。")
    return condensed(table).with_notes(*notes)


def _scored(line: ScoreLine, optional: dict[str, bool]) -> tuple[Inline, ...]:
    basis = line.basis
    cells: list[Inline] = [Plain(line.row.filled)]
    if optional["reference"]:
        cells.append(Plain(basis.reference) if basis.reference.quantity else Quiet("—"))
    cells.append(_support(line))
    cells += [basis.calculation] if optional["calculation"] else []
    return tuple(cells)


def _support(line: ScoreLine) -> Inline:
    numbers = "、".join(line.basis.evidence)
    if line.support is None:
        return numbers or Quiet("—")
    if line.support is Support.THERE:
        return numbers
    decision = line.basis.decision
    said = decision.text if decision is not None and line.support is not Support.UNDECIDED else ""
    return phrase(f"{numbers}（未提供）" if numbers else "未提供", "：", said or line.support.value)


def _signed(line: ScoreLine, role: str) -> Inline:
    basis = line.basis
    preparing = role == "编制"
    who = basis.preparer if preparing else basis.reviewer
    when = basis.prepared_on if preparing else basis.reviewed_on
    return phrase(who, Quiet(f" {when}")) if who and when else (who or Quiet(when or "—"))


def evidence_table(evaluation: Evaluation) -> ReportTable | None:
    """The listed evidence by file, and whether it is there; internal. None where none is listed."""
    items = evaluation.evidence
    if not items:
        return None
    files: dict[tuple[str, str, str, str], list[str]] = {}
    for item in items:
        digest = item.found_sha256 or item.sha256
        key = (item.file, item.district, item.presence.value, digest[:12])
        page = f"（页码 {item.page}）" if item.page else ""
        files.setdefault(key, []).append(f"{item.number} {item.name}{page}")
    heads = tuple(
        Head(name, words=True)
        for name in ("证据", district_word(evaluation.project), "状态", "SHA-256（前 12 位）")
    )
    rows = tuple(
        Row(
            file or Quiet("未提供"),
            ("、".join(listed), district or Quiet("—"), presence, Quiet(digest or "未提供")),
        )
        for (file, district, presence, digest), listed in files.items()
    )
    sheets = dict.fromkeys(f"{item.cell.file}［{item.cell.sheet}］" for item in items)
    table = ReportTable(
        "证据清单", Head("文件", words=True), heads, rows, source="；".join(sheets), internal=True
    )
    return condensed(table).with_notes("文件在项目的 evidence 文件夹里。")


def opinions_table(evaluation: Evaluation) -> ReportTable | None:
    """The opinions on a draft and what was decided on each; internal. None where there are none."""
    opinions = evaluation.opinions
    if not opinions:
        return None
    heads = tuple(
        Head(name, words=True)
        for name in ("提出单位", "日期", "意见内容", "对应内容", "是否采纳", "理由/修改情况")
    )
    rows = tuple(Row(each.number or str(at), _opinion(each)) for at, each in enumerate(opinions, start=1))
    sheets = dict.fromkeys(f"{each.cell.file}［{each.cell.sheet}］" for each in opinions)
    return ReportTable(
        "意见采纳表", Head("编号", words=True), heads, rows, source="；".join(sheets), internal=True
    )


def _opinion(each: Opinion) -> tuple[Inline, ...]:
    wanted = each.adopted.wants_grounds
    return (
        each.by or Quiet("未写明"),
        each.on,
        each.text,
        each.concerns,
        each.adopted.value if each.adopted.decided else Quiet(each.adopted_text or each.adopted.value),
        each.grounds or Quiet("未写明" if wanted else ""),
    )
