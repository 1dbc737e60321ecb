"""A season of self-evaluations as words and tables: the whole, its coverage, its units, its forms, what they have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import quote

from wenxiao.display.blocks import Paragraph, sentence
from wenxiao.display.findings import FindingsList
from wenxiao.display.inline import GradeWord, Inline, Link, Plain, Quiet, phrase
from wenxiao.display.self_evaluation import titles_of_checks
from wenxiao.display.summary import Strip, Tile
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation.grade import grade_of
from wenxiao.model import Finding, Given, Severity, shown
from wenxiao.season import FilledForm, SeasonEvaluation, UnitFigures
from wenxiao.season.rounds import SETTLED, STATES, FormRound, to_correct

_UNIT, _PROJECT = Head("单位", words=True), Head("项目", words=True)
_NOT_GIVEN = "未提供"
_LISTED = 12


def season_tiles(evaluation: SeasonEvaluation) -> Strip:
    """Forms and coverage, money, execution rate, mean score, what is to be corrected."""
    season, whole = evaluation.season, evaluation.whole
    share = season.coverage.share
    covered = (
        f"清单 {len(season.coverage.lines)} 个项目，覆盖 {shown(share * 100, 1)}%"
        if share is not None
        else "没有项目清单"
    )
    wrong = sum(bool(to_correct(form)) for form in season.forms)
    return Strip(
        (
            Tile("自评表", f"{len(season.forms)} 份", covered),
            Tile("全年预算数", whole.budget, f"{len(season.units)} 个单位"),
            Tile("执行率", Plain(whole.rate), whole.rate.basis),
            Tile("平均得分", Plain(whole.mean), phrase("加权 ", Plain(whole.weighted))),
            Tile("需要改正的", f"{wrong} 份", f"错误 {season.count(Severity.ERROR)} 项、警示 {season.count(Severity.WARNING)} 项", internal=True),
        )
    )  # fmt: skip


def season_words(evaluation: SeasonEvaluation) -> Paragraph:
    """How many forms of how many units there are, how they are graded, what sums leave out and what they rest on."""
    season, whole = evaluation.season, evaluation.whole
    grades = "、".join(f"{label} {count} 份" for label, count in whole.grades.items() if count)
    parts: list[Inline] = [
        f"收到 {len(season.units)} 个单位的自评表 {len(season.forms)} 份，计入汇总 {len(whole.forms)} 份，全年预算数合计 ",
        whole.budget, "，执行率 ", Plain(whole.rate), f"；自评得分{grades or '未提供'}。",
    ]  # fmt: skip
    if whole.lacking:
        parts.append(f"{whole.lacking} 份没有给出预算数或执行数，不在金额合计之内。")
    if season.disputed:
        parts.append(f"{_some(season.disputed)}交了几份内容不同的表，不计入汇总。")
    if season.coverage.doubled:
        titles = [forms[0].title for forms in season.coverage.doubled]
        parts.append(f"{_some(titles)}由几个单位报送，名称和金额相同，是否同一项目未认定，合计各计一份。")
    if season.wholes:
        parts.append(f"部门整体支出的自评表 {len(season.wholes)} 份，与项目的支出重复，不与项目相加。")
    doubted = [form.title for form in season.counted if form.doubted]
    if doubted:
        parts.append(f"金额合计包含 {len(doubted)} 份金额尚待核实的表：{_some(doubted)}。")
    return sentence(*parts)


def coverage_words(evaluation: SeasonEvaluation) -> Paragraph:
    """How far the forms cover the list of projects."""
    coverage = evaluation.season.coverage
    if coverage.share is None:
        return sentence(
            "资料中没有项目清单，不能核对自评是否覆盖全部项目。放入一份列有项目名称和主管部门的清单即可核对。"
        )
    return sentence(
        f"项目清单列 {len(coverage.lines)} 个项目，{len(coverage.matched)} 个有自评表，覆盖率 {shown(coverage.share * 100, 2)}%；"
        f"缺 {len(coverage.missing)} 个，清单以外 {len(coverage.unknown)} 个，重复报送 {len(coverage.repeated)} 个。"
    )


def missing_table(evaluation: SeasonEvaluation) -> ReportTable | None:
    """The listed projects without a form, with a form whose name is alike where there is one; None where none is missing."""
    coverage = evaluation.season.coverage
    near = {line.key: form for line, form in coverage.near}
    rows = tuple(
        Row(
            line.name,
            (
                line.unit or Quiet(_NOT_GIVEN),
                Plain(line.budget) if line.budget else Quiet(_NOT_GIVEN),
                f"“{near[line.key].title}”名称相近，未认定" if line.key in near else "",
            ),
        )
        for line in coverage.missing
    )
    heads = (_UNIT, Head("清单预算数", "万元"), Head("说明", words=True))
    return ReportTable("没有自评表的项目", _PROJECT, heads, rows) if rows else None


def units_table(evaluation: SeasonEvaluation) -> ReportTable:
    """Each unit with its forms, money, rate, mean scores, rank, grades and findings; the whole below."""
    *units, whole = evaluation.units
    heads = (
        Head("自评表", "份"), Head("全年预算数", "万元"), Head("全年执行数", "万元"), Head("执行率"), Head("平均得分"), Head("名次"),
        Head("等级", words=True), Head("错误", internal=True), Head("警示", internal=True),
    )  # fmt: skip
    rows = [Row(each.unit, _unit_cells(each)) for each in units if each.forms]
    rows.append(Row(whole.unit, _unit_cells(whole), kind="summary"))
    table = ReportTable(
        "各单位自评情况", _UNIT, heads, tuple(rows), source="各份自评表，文件和单元格见各自的报告"
    )
    return table.with_notes("只计项目的自评表；平均得分为简单平均，名次按未经四舍五入的平均得分排列。")


def _unit_cells(each: UnitFigures) -> tuple[Inline, ...]:
    grades = "、".join(f"{label} {count}" for label, count in each.grades.items() if count)
    return (
        str(len(each.forms)), Plain(each.budget), Plain(each.spent), Plain(each.rate), Plain(each.mean), each.rank_text, grades,
        str(each.findings[Severity.ERROR]), str(each.findings[Severity.WARNING]),
    )  # fmt: skip


def forms_table(evaluation: SeasonEvaluation) -> ReportTable:
    """Every form by unit, its name leading to its own report; amounts as the form gives them."""
    season = evaluation.season
    heads = (
        Head("全年预算数", "万元"), Head("执行率"), Head("自评得分"), Head("等级", words=True), Head("未完成指标", "个"),
        Head("错误", internal=True), Head("警示", internal=True), Head("说明", words=True),
    )  # fmt: skip
    rows: list[Row] = []
    for unit in season.units:
        own = season.of_unit(unit)
        rows += [Row(phrase(unit or "单位未提供", Quiet(f"（{len(own)} 份）")), (), "group")] if own else []
        for form in own:
            href = quote(f"../../self_evaluation/{season.runs[form.path]}/report.html")
            rows.append(Row(Link(form.title, href), _form_cells(evaluation, form)))
    table = ReportTable(
        "自评结果一览", _PROJECT, heads, tuple(rows), source="各份自评表；点项目名称打开该表的报告"
    )
    return table.with_notes(
        "自评得分照表列；等级按评价规则由得分得出，表上自列的等级与此不同的，在该表的报告中列出。"
    )


def _form_cells(evaluation: SeasonEvaluation, form: FilledForm) -> tuple[Inline, ...]:
    rate, score = form.rate, form.claimed.quantity
    return (
        figure(form.amounts["budget"]),
        f"{shown(rate * 100, 2)}%" if rate is not None else Quiet(_NOT_GIVEN),
        figure(form.claimed),
        GradeWord(grade_of(score.value, evaluation.profile).label) if score else Quiet(_NOT_GIVEN),
        Quiet(_NOT_GIVEN) if form.missed is None else str(form.missed),
        str(form.count(Severity.ERROR)),
        str(form.count(Severity.WARNING)),
        remark(evaluation, form),
    )


def figure(given: Given) -> Inline:
    """A figure of a form without its unit, with two decimals at least; the word for its absence."""
    quantity = given.quantity
    return shown(quantity.value, max(quantity.places, 2)) if quantity else Quiet(given.content.label)  # type: ignore[union-attr]


def remark(evaluation: SeasonEvaluation, form: FilledForm) -> str:
    """What the list says beside a form: why no sum counts it, whether its amounts are in doubt, that it is sampled."""
    season = evaluation.season
    drawn = any(each.form is form for each in evaluation.sample.drawn)
    said = [
        "不计入汇总" if form not in season.counted else "",
        "金额待核实" if form.doubted else "",
        "部门整体" if form.whole else "",
        "抽查" if drawn else "",
    ]
    return "、".join(filter(None, said))


def kinds_table(evaluation: SeasonEvaluation) -> ReportTable | None:
    """The findings of all forms by kind: how many, in how many forms, of which units most; None without any."""
    titles = titles_of_checks()
    found: dict[str, list[tuple[FilledForm, Finding]]] = defaultdict(list)
    for form in evaluation.season.forms:
        for finding in form.open_findings:
            found[titles.get(finding.code, "读取")].append((form, finding))
    if not found:
        return None
    order = sorted(found, key=lambda kind: (-len(found[kind]), kind))
    heads = (
        *(Head(level.label, "项") for level in Severity),
        Head("涉及自评表", "份"),
        Head("较多的单位", words=True),
    )
    rows = tuple(Row(kind, _kind_cells(found[kind])) for kind in order)
    return ReportTable("核对事项的种类", Head("种类", words=True), heads, rows, internal=True)


def _kind_cells(found: list[tuple[FilledForm, Finding]]) -> tuple[Inline, ...]:
    levels = Counter(finding.severity for _, finding in found)
    units = Counter(form.unit or "单位未提供" for form, _ in found)
    most = "、".join(
        f"{unit} {count}" for unit, count in sorted(units.items(), key=lambda u: (-u[1], u[0]))[:3]
    )
    return (*(str(levels[level]) for level in Severity), str(len({form.path for form, _ in found})), most)


def season_findings(evaluation: SeasonEvaluation) -> FindingsList | None:
    """What shows across forms only, without the projects of the list, which have tables of their own."""
    own = ("season-missing", "season-unknown")
    found = tuple(each for each in evaluation.season.findings if each.code not in own)
    return FindingsList(found) if found else None


def unknown_table(evaluation: SeasonEvaluation) -> ReportTable | None:
    """The forms of projects that the list does not have; None where there are none."""
    forms = evaluation.season.coverage.unknown
    rows = tuple(
        Row(form.title, (form.unit or Quiet(_NOT_GIVEN), figure(form.amounts["budget"]), Quiet(form.path)))
        for form in forms
    )
    heads = (_UNIT, Head("全年预算数", "万元"), Head("文件", words=True))
    return ReportTable("清单以外的自评表", _PROJECT, heads, rows) if rows else None


def sample_table(evaluation: SeasonEvaluation) -> ReportTable:
    """The forms drawn for review, by stratum, with risk and reasons."""
    sample = evaluation.sample
    rows = tuple(
        Row(each.form.title, (each.form.unit or Quiet(_NOT_GIVEN), each.stratum, shown(each.risk, 1), "、".join(each.reasons) or Quiet("随机")))
        for each in sample.drawn
    )  # fmt: skip
    heads = (_UNIT, Head("分层", words=True), Head("风险"), Head("原因", words=True))
    strata = "；".join(f"{name} {n} 份中抽 {drawn} 份" for name, n, drawn in sample.strata)
    return ReportTable("抽查复核名单", _PROJECT, heads, rows, internal=True).with_notes(
        f"按全年预算数分层：{strata}。层内按风险加权随机抽取，种子 {sample.seed}：同样的表、规则和种子抽出同样的名单，风险高的更可能抽到。"
    )


def rounds_words(evaluation: SeasonEvaluation) -> Paragraph | None:
    """What became of the first round; None where this is the first."""
    rounds = evaluation.rounds
    if rounds is None:
        return None
    counts = "、".join(f"{state} {sum(each.count(state) for each in rounds.each)} 项" for state in STATES)
    late = [form.title for form in rounds.not_returned]
    rest = f"需要改正而没有交回的 {len(late)} 份：{_some(late)}。" if late else "需要改正的都已交回。"
    return sentence(
        f"与上一轮（{rounds.earlier}）比较，交回 {rounds.returned} 份；{counts}。{rest}", internal=True
    )


def rounds_table(evaluation: SeasonEvaluation) -> ReportTable | None:
    """Each project of both rounds with what was corrected, is open, is new; None in the first round."""
    rounds = evaluation.rounds
    if rounds is None:
        return None
    changed = [each for each in rounds.each if each.findings]
    heads = (_UNIT, *(Head(state, "项") for state in STATES), Head("还要改正的", words=True))
    rows = tuple(
        Row(each.form.title, (each.form.unit, *(str(each.count(state)) for state in STATES), _left(each)))
        for each in changed
    )
    return ReportTable("两轮对照", _PROJECT, heads, rows, internal=True) if rows else None


def _left(each: FormRound) -> str:
    """What of a form is still to be corrected, and whether it came back at all."""
    left = _some(finding.subject for state, finding in each.findings if state != SETTLED)
    return left if each.now is not None else f"没有交回：{left}"


def _some(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    return "、".join(listed[:_LISTED]) + (f"等 {len(listed)} 个" if len(listed) > _LISTED else "")
