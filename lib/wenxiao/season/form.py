"""One self-evaluation of a season, as much of its evaluation as the season needs: figures, indicators, words, findings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.audit.judged_indicators import judged
from wenxiao.evaluation.review.lines import names_of, unit_of
from wenxiao.fields.wording import tidy
from wenxiao.model import CellRef, Finding, Given, Measure, Missing, Quantity, Severity
from wenxiao.model.units import POINTS, WAN_YUAN, Unit

_CODE = re.compile(r"^\s*(?:\d{6,}|\d+\s*[-_ ])[-_ ]*(?=\D)|[(（\[]\d{3,}[)）\]]\s*$")
"""The code of a unit before or behind its name: 101001 市教育局, 市教育局（101001）."""
AMOUNTS = ("initial_budget", "budget", "spent")
_LABELS = {"initial_budget": "年初预算数", "budget": "全年预算数", "spent": "全年执行数"}


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator: whether it has a 分值 and all of it, whether it is met (None where that cannot be told), just its target."""

    weighted: bool
    full: bool
    met: bool | None
    equal: bool


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One self-evaluation of a season.

    file        its path below the season's folder; `part` the project's name where the file holds several, else ''
    title       the project as the form names it, or the file where it names none (`named` says which)
    unit        the unit that answers for it: 主管部门, else 单位名称 or 实施单位, else the folder it lies in, else ''
    rules       the rules it was evaluated by
    amounts     年初预算数, 全年预算数, 全年执行数 in 万元 of the whole, each with its first cell
    claimed     the score that the form prints as its total, else the sum of those it prints
    texts       what it says of goals and reasons, for finding copies
    """

    file: str
    part: str
    title: str
    named: bool
    unit: str
    implementer: str
    form: str
    year: str
    category: str
    rules: str
    place: CellRef
    amounts: dict[str, Given]
    claimed: Given
    indicators: tuple[IndicatorLine, ...]
    texts: tuple[str, ...]
    findings: tuple[Finding, ...]
    sha256: str = ""

    @property
    def path(self) -> str:
        """Where it is found below the folder: the file, and the project's name where the file holds several."""
        return f"{self.file}/{self.part}" if self.part else self.file

    @property
    def key(self) -> tuple[str, str]:
        """By what forms of one project are told to be of one: the names of unit and project, tidied."""
        return unit_key(self.unit), tidy(self.title)

    @property
    def whole(self) -> bool:
        """Whether it is of a whole unit (部门整体), not of a project: by its form, or because it bears the unit's name."""
        return "部门整体" in self.form or (self.named and unit_key(self.title) == unit_key(self.unit))

    @property
    def doubted(self) -> bool:
        """Whether something to be corrected concerns the cells of its amounts, so that sums rest on a doubt."""
        own = {given.cell for given in self.amounts.values() if given.cell is not None}
        return any(own & set(f.cells) for f in self.open_findings if f.severity < Severity.HINT)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that nothing settles."""
        return tuple(finding for finding in self.findings if not finding.state)

    def count(self, severity: Severity) -> int:
        """How many open findings of one severity it has."""
        return sum(finding.severity is severity for finding in self.open_findings)

    @property
    def rate(self) -> Fraction | None:
        """Spent by budget, exact; None where either is missing or the budget is 0."""
        spent, budget = (self.amounts[key].quantity for key in ("spent", "budget"))
        return Fraction(spent.value) / Fraction(budget.value) if spent and budget and budget.value else None

    @property
    def missed(self) -> int | None:
        """How many indicators fall short of their targets; None where no indicator can be compared."""
        told = [line.met for line in self.indicators if line.met is not None]
        return told.count(False) if told else None

    @property
    def all_full(self) -> bool:
        """Whether every indicator has all its points."""
        scored = [line for line in self.indicators if line.weighted]
        return len(scored) > 1 and all(line.full for line in scored)

    @property
    def all_equal(self) -> bool:
        """Whether every actual that can be compared is its target itself."""
        told = [line for line in self.indicators if line.met is not None]
        return len(told) > 3 and all(line.equal for line in told)


def unit_key(name: str) -> str:
    """A unit's name by which it is compared: tidied, without its code.

    >>> unit_key("101001 市教育局") == unit_key("市教育局（101001）") == unit_key("市 教育局")
    True
    >>> unit_key("143团") == unit_key("144团")
    False
    """
    return tidy(_CODE.sub("", name)) or tidy(name)


def filled_form(evaluation: Evaluation, file: str, part: str = "") -> FilledForm:
    """The form that a project of one file was evaluated from; `file` is its path below the season's folder."""
    project = evaluation.project
    forms = dict.fromkeys(table.form for table in project.tables if table.form is not None)
    form = next((each for each in forms if each.purpose == "self_evaluation"), next(iter(forms), None))
    first = form.place if form else CellRef(file, "", 1, 1)
    _, implementer, own = names_of(evaluation)
    folder = file.rpartition("/")[0].split("/")[0]
    total = evaluation.funds.total.amounts if evaluation.funds else {}
    title = project.fact("project_name").text or (form.project if form else "")
    card = evaluation.scorecard
    printed = next((each for each in (card.printed_total if card else None, evaluation.verdict.printed_score) if each and each.quantity), None)  # fmt: skip
    return FilledForm(
        file=file,
        part=part,
        title=title or part or project.name,
        named=bool(title),
        unit=unit_of(evaluation) or folder,
        implementer=implementer or own,
        form=form.label if form else "",
        year=(form.year if form else "") or project.fact("year").text,
        category=project.fact("project_category").text,
        rules=evaluation.profile.title,
        place=first,
        amounts={key: _given(total.get(key), _LABELS[key], WAN_YUAN) for key in AMOUNTS},
        claimed=printed or _given(evaluation.verdict.score, "得分合计", POINTS),
        indicators=tuple(_lines(evaluation)),
        texts=tuple(_texts(evaluation)),
        findings=evaluation.findings,
        sha256=project.inputs[0].sha256 if project.inputs else "",
    )


def _given(measure: Measure | None, label: str, unit: Unit) -> Given:
    """A figure of the form's own report as one that was given, at its first cell: how it came about is told there."""
    if measure is None or measure.number is None:
        return Given(label, Missing.NOT_PROVIDED if measure is None else measure.value, None)  # type: ignore[arg-type]
    value = measure.number * measure.unit.factor_to(unit)
    places = _places(value)
    figure = Quantity(Decimal(value.numerator) / Decimal(value.denominator), unit, places)
    return Given(label, figure, next(iter(measure.cells), None))


def _places(value: Fraction) -> int:
    """The decimals that a figure has, at least none and at most six."""
    return next((n for n in range(7) if (value * 10**n).denominator == 1), 6)


def _lines(evaluation: Evaluation) -> list[IndicatorLine]:
    tables = evaluation.scorecard.tables if evaluation.scorecard else evaluation.project.of_kind("targets")
    return [
        IndicatorLine(each.row.weight.quantity is not None, each.full, each.met, each.equal)
        for table in tables
        for each in judged(table)
    ]


def _texts(evaluation: Evaluation) -> list[str]:
    goals = [
        table.text(record, key)
        for table in evaluation.project.of_kind("goals")
        for record in table.records()
        for key in ("expected", "achieved")
    ]
    return [text for text in dict.fromkeys(goals) if text]
