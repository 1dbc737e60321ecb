"""Which block shows a value: the one place that knows, for pages and for IPython alike."""

from __future__ import annotations

import sys
from typing import Any

from wenxiao.display.blocks import Block, Group, Paragraph, sentence
from wenxiao.display.chart import ChartBlock, is_chart
from wenxiao.display.facts import denominators, facts_table, files_list, grading
from wenxiao.display.findings import FindingsList
from wenxiao.display.funds import funds_table
from wenxiao.display.inline import GradeWord, Quiet, phrase
from wenxiao.display.names import title_of
from wenxiao.display.narrative import Words
from wenxiao.display.picture import picture_of
from wenxiao.display.ranking import ranked_table
from wenxiao.display.robustness import robustness_table
from wenxiao.display.scorecard import scorecard_table
from wenxiao.display.sheet import sheet_table
from wenxiao.display.summary import project_tiles
from wenxiao.display.trial import trial_group
from wenxiao.evaluation import Evaluation, Funds, Grade, Ranking, Scorecard, Verdict
from wenxiao.evaluation.robustness import Robustness
from wenxiao.evaluation.trial import Trial
from wenxiao.evaluation.what_if import WhatIf
from wenxiao.model import Finding, Given, Measure, Table
from wenxiao.project import Profile, Project
from wenxiao.sheets import Reading


def block_of(value: Any) -> Block | None:
    """The block that shows a value; None for a value that is absent or empty.

    Raises TypeError for a value that has no display.
    """
    if _is(value, "pandas", "DataFrame"):
        from wenxiao.display.frame import frame_table  # noqa: PLC0415 - loads pandas

        return frame_table(value)  # first: comparing a frame with anything gives a frame
    match value:
        case None | "" | () | []:
            return None
        case Block():
            return value
        case str():
            return sentence(value)
        case Measure() | Given():
            return _named(value)
        case Grade():
            return sentence("等级 ", GradeWord(value.label))
        case Finding():
            return FindingsList((value,))
        case [Finding(), *_]:
            return FindingsList(tuple(value))
        case Table():
            return sheet_table(value)
        case Funds():
            return funds_table(value)
        case Scorecard():
            return scorecard_table(value)
        case Ranking():
            return ranked_table(value)
        case Project():
            return _project(value)
        case Reading():
            return picture_of(value)
        case Evaluation():
            return _evaluation(value)
        case Verdict():
            return _verdict(value)
        case Profile():
            return _profile(value)
        case WhatIf():
            return trial_group(value)
        case Trial():
            return trial_group(value.found)
        case Robustness():
            return robustness_table(value)
    if _is(value, "IPython.display", "Markdown"):
        return Words(str(value.data))
    if is_chart(value):
        return ChartBlock(value)
    raise TypeError(f"no display for {type(value).__name__}")


def _is(value: object, module: str, name: str) -> bool:
    """Whether a value is of a type, which it can be only where the module is loaded: none is loaded to find out."""
    return module in sys.modules and isinstance(value, getattr(sys.modules[module], name))


SHOWN: tuple[type, ...] = (
    Measure,
    Given,
    Grade,
    Finding,
    Table,
    Funds,
    Scorecard,
    Ranking,
    Project,
    Reading,
    Evaluation,
    Verdict,
    Profile,
    WhatIf,
    Trial,
    Robustness,
)
"""The types IPython shows through `block_of`."""


def internal(*values: object) -> Group | None:
    """Values that the edition for release leaves out; None where all are absent."""
    blocks = tuple(block for value in values if (block := block_of(value)) is not None)
    return Group(blocks, internal=True) if blocks else None


def _named(figure: Measure | Given) -> Paragraph:
    basis = figure.basis if isinstance(figure, Measure) else ""
    return sentence(title_of(figure), " ", figure, Quiet(f"（{basis}）") if basis else "")


def _project(project: Project) -> Group:
    counts = f"{len(project.inputs)} 个文件，{len(project.tables)} 张表，{len(project.findings)} 项读取提示"
    head = sentence(phrase(project.title, Quiet(f"（{counts}）"), "。", files_list(project)))
    facts = facts_table(project)
    return Group((head, facts) if facts else (head,))


def _evaluation(evaluation: Evaluation) -> Group:
    return Group((sentence(evaluation.project.title), project_tiles(evaluation)))


def _verdict(verdict: Verdict) -> Paragraph:
    grade = ("，等级 ", GradeWord(verdict.grade.label)) if verdict.grade else ()
    return sentence(phrase(title_of(verdict.score), " ", verdict.score, *grade))


def _profile(profile: Profile) -> Group:
    head = sentence(phrase(profile.title, Quiet(f"（{profile.name}；{profile.source}）")))
    return Group(tuple(each for each in (head, grading(profile), denominators(profile)) if each is not None))
