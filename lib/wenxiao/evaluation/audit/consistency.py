"""What the sheets say in words and lists against each other: serials, names, dates, goals, titles, surveys, problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scorecard import is_execution
from wenxiao.evaluation.survey import Survey
from wenxiao.model import CellRef, Finding, Missing, Role, Severity, shown

_YEAR = re.compile(r"(?:19|20)\d{2}")
_UNDER_WAY = re.compile(r"施工|在建|实施阶段|未完工|尚未竣工|正在改造")
_ALL_DONE = re.compile(r"全面完成|全部完成|均已完成|已全部完工")
_PLACE_SUFFIX = re.compile(r"(?:街道办事处|街道|镇|乡|区|县|市|旗)$")


def _serials(evaluation: Evaluation) -> Iterator[Finding]:
    """A serial (序号) that repeats within one list; lists with sections may start anew."""
    for table in evaluation.project.tables:
        column = table.column("serial")
        if column is None:
            continue
        seen: dict[tuple[str, str], int] = {}
        for record in table.records(Role.DATA):
            number = column.number(record)
            text = column.text(record) if number is None else shown(number, 0)
            key = (table.sections[record], text)
            if text and key in seen:
                cells = (table.cell(seen[key], column), table.cell(record, column))
                yield Finding(
                    "serial-repeats",
                    Severity.HINT,
                    f"{table.name}序号",
                    f"{table.name}的序号 {text} 出现两次（{cells[0].address}、{cells[1].address}）。",
                    printed=text,
                    recomputed=str(record + 1),
                    cells=cells,
                    remedy="按行重编序号",
                )
            seen.setdefault(key, record)


def _repeated_names(evaluation: Evaluation) -> Iterator[Finding]:
    works = evaluation.works
    if works is None or not works.repeated:
        return
    within = [(n, e) for n, e in works.repeated if len({entry.section for entry in e}) < len(e)]
    across = [(n, e) for n, e in works.repeated if (n, e) not in within]
    for group, same in ((within, True), (across, False)):
        if not group:
            continue
        names = "、".join(name for name, _ in group)
        what = "在同一清单中重复列出" if same else "在不同清单中都有，改造内容不同，小区数不可相加"
        yield Finding(
            "name-repeats",
            Severity.WARNING if same else Severity.HINT,
            "小区清单",
            f"{names}{what}：清单共 {works.rows.text} 条，不重复的小区 {works.distinct.text} 个。",
            printed=f"{works.rows.text}条",
            recomputed=f"{works.distinct.text}个小区",
            cells=tuple(entry.cell for _, entries in group for entry in entries),
            about=(works.distinct.key,),
            remedy="按不重复的小区计数" if not same else "核对是否重复填报",
        )


def _dates(evaluation: Evaluation) -> Iterator[Finding]:
    """The end of works against the period of the project."""
    end, period = evaluation.project.fact("planned_completion"), evaluation.project.fact("period")
    end_years, period_years = _YEAR.findall(end.text), _YEAR.findall(period.text)
    if end_years and period_years and end_years[-1] != period_years[-1]:
        yield Finding(
            "dates-disagree",
            Severity.WARNING,
            "完工时间",
            f"计划完工时间“{end.text}”与实施期限“{period.text}”的截止年份不一致。",
            printed=end.text,
            recomputed=period.text,
            cells=_cells(end.cell, period.cell),
            remedy="核实完工时间与实施期限",
        )


def _goals(evaluation: Evaluation) -> Iterator[Finding]:
    """Goals called all done while the project is under way."""
    status = evaluation.project.fact("status")
    done = [c for c in evaluation.claims if c.item == "目标完成情况" and _ALL_DONE.search(c.text)]
    if done and _UNDER_WAY.search(status.text):
        yield Finding(
            "goals-while-under-way",
            Severity.WARNING,
            "目标完成情况",
            f"{done[0].place}称目标“{done[0].text}”，而项目状态为“{status.text}”。",
            printed=done[0].text,
            recomputed=status.text,
            cells=_cells(done[0].cell, status.cell),
            remedy="说明完成的是哪一阶段的目标",
        )


def _title_places(evaluation: Evaluation) -> Iterator[Finding]:
    """A title that names some of the districts of the tables, but not all."""
    title, districts = evaluation.project.fact("project_name"), evaluation.project.districts
    named = [name for name in districts if _PLACE_SUFFIX.sub("", name) in title.text]
    if named and len(named) < len(districts):
        others = [name for name in districts if name not in named]
        yield Finding(
            "title-places",
            Severity.HINT,
            "项目名称",
            f"项目名称只提到 {len(named)} 处（{'、'.join(named)}），表中有 {len(districts)} 处（另有{'、'.join(others)}）。",
            printed=f"{len(named)}处",
            recomputed=f"{len(districts)}处",
            cells=_cells(title.cell, *_district_cells(evaluation)),
            remedy="说明项目范围",
        )


def _district_cells(evaluation: Evaluation) -> list[CellRef | None]:
    tables = evaluation.project.of_kind("districts")[:1]
    return [table.text_cell(record, "district") for table in tables for record in table.records()]


def _full_marks(evaluation: Evaluation) -> Iterator[Finding]:
    """Full marks on an indicator that a listed problem concerns; the deepest indicator that has a score counts."""
    for problem in evaluation.problems:
        card = evaluation.district_cards.get(problem.district, evaluation.scorecard)
        tied = evaluation.deductions.of(problem)
        if card is None or (tied is not None and tied.listed is not None):
            continue  # its points are held against the deduction (problem-deductions-differ)
        names = [name for name in reversed(problem.indicators) if name]
        indicator = next(
            (i for name in names if (i := card.indicator(name)) and i.score.quantity and i.weight.quantity),
            None,
        )
        if indicator is None or indicator.lost.number != 0:
            continue
        where = "·".join(name for name in problem.indicators if name)
        yield Finding(
            "full-marks-with-problem",
            Severity.WARNING,
            f"{indicator.name}得分",
            f"{indicator.name}得满分 {indicator.score.text}，而{problem.place}列有问题“{problem.text}”（{where}）。",
            printed=indicator.score.text,
            recomputed=f"<{indicator.weight.text}",
            cells=(problem.cell, *cells_of(indicator.score, indicator.weight)),
            about=(indicator.score_rate.key,),
            remedy="说明未扣分的理由，或补扣分",
        )


def _surveys(evaluation: Evaluation) -> Iterator[Finding]:
    """Satisfaction without respondents; effects scored without any survey."""
    tables = evaluation.project.of_kind("satisfaction")
    for survey in evaluation.surveys:
        yield from _survey_size(survey)
    card = evaluation.scorecard
    effect = card.indicator("效益") if card else None
    if effect is None or tables or effect.score.quantity is None or card is None:
        return
    if any("满意" in indicator.name for indicator in card.walk()):
        return
    yield Finding(
        "effect-without-survey",
        Severity.HINT,
        "效益得分",
        f"效益得分 {effect.score.text}，未见满意度调查数据。",
        printed=effect.score.text,
        recomputed=Missing.NOT_PROVIDED.label,
        cells=cells_of(effect.score),
        about=(effect.score_rate.key,),
        remedy="补充满意度调查，或说明效益评分依据",
    )


def _survey_size(survey: Survey) -> Iterator[Finding]:
    rate, size = survey.printed, survey.respondents
    if rate.quantity is not None and survey.size.number is None:
        yield Finding(
            "survey-without-size",
            Severity.HINT,
            "满意度",
            f"满意度 {rate.text}未给出样本数，不能判断其可靠程度。",
            printed=rate.text,
            recomputed=f"样本数{size.text}",
            cells=cells_of(rate, size),
            remedy="补充问卷份数",
        )


def _no_second_level(evaluation: Evaluation) -> Iterator[Finding]:
    """First-level indicators without any below them, where others have some; the execution rate of a form has none."""
    card = evaluation.scorecard
    if card is None or not any(each.children for each in card.indicators):
        return
    for indicator in card.indicators:
        if not indicator.children and not is_execution(indicator.name):
            yield Finding(
                "level-not-provided",
                Severity.HINT,
                f"{indicator.name}二级指标",
                f"{indicator.name}未提供二级指标得分，其他一级指标已提供。",
                printed=Missing.NOT_PROVIDED.label,
                cells=cells_of(indicator.score),
                about=(indicator.score_rate.key,),
                remedy="请补充二级指标得分",
            )


def _cells(*cells: CellRef | None) -> tuple[CellRef, ...]:
    return tuple(cell for cell in cells if cell is not None)


CHECKS = (
    Check("serial-repeats", "序号重复", "同一清单内序号不重复", find=_serials),
    Check(
        "name-repeats",
        "小区重名",
        "同一小区在清单内、清单间重复的列出；小区数按不重复计",
        find=_repeated_names,
    ),
    Check("dates-disagree", "完工时间与实施期限", "计划完工年份与实施期限的截止年份一致", find=_dates),
    Check("goals-while-under-way", "目标完成与项目状态", "在建项目不应称目标全面完成", find=_goals),
    Check("title-places", "项目名称与范围", "名称提到的地方与表中所列一致", find=_title_places),
    Check("full-marks-with-problem", "满分与问题", "有问题的指标不应得满分", find=_full_marks),
    Check(
        "survey-without-size",
        "满意度调查",
        "满意度应有样本数；效益评分应有满意度调查",
        find=_surveys,
        also=("effect-without-survey",),
    ),
    Check("level-not-provided", "指标层级", "各一级指标的下级得分应同样提供", find=_no_second_level),
)
