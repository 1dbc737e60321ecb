"""What the analyst answers to findings (说明) and decides on names of places: kept in the project's folder, so that it outlives every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from wenxiao.fields.places import plain_name
from wenxiao.model import Finding, Problem, ProjectError, Severity
from wenxiao.model.yaml_text import read_yaml

FILE = "answers.yaml"
ANSWERED = "已说明"


class Answer(BaseModel):
    """One answer: which finding, with the figures it had, why it stands as it is, who says so and when."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    code: str = Field(min_length=1)
    subject: str = Field(min_length=1)
    printed: str = ""
    recomputed: str = ""
    reason: str = Field(min_length=1)
    name: str = Field(min_length=1)
    date: date

    @property
    def text(self) -> str:
        """The answer as people read it."""
        return f"{self.reason.rstrip('。')}（{self.name}，{self.date.isoformat()}）"

    def about(self, finding: Finding) -> bool:
        """Whether it is about a finding, whatever its figures."""
        return (self.code, self.subject) == (finding.code, finding.subject)

    def fits(self, finding: Finding) -> bool:
        """Whether it answers a finding: the same with the same figures."""
        return self.about(finding) and (self.printed, self.recomputed) == (
            finding.printed,
            finding.recomputed,
        )


_LIST = TypeAdapter(tuple[Answer, ...])


def load_answers(folder: Path) -> tuple[Answer, ...]:
    """The answers in a project's folder; none without the file. Raises ProjectError with every malformed entry."""
    path = folder / FILE
    if not path.is_file():
        return ()
    rule = (
        f"每条写明 {'、'.join(Answer.model_fields)}；printed、recomputed 照抄该事项的“报告所列”和“核对结果”"
    )
    try:
        return _LIST.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or ())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        raise ProjectError(
            Problem(
                "说明清单不是合法的 YAML",
                file=FILE,
                cell=where,
                rule=rule,
                remedy="检查该处的冒号、引号和缩进",
            )
        ) from None
    except ValidationError as error:
        raise ProjectError(
            Problem(
                f"说明清单第 {item['loc'][0] + 1} 条的“{item['loc'][-1]}”没有填写或写法不对"
                if item["loc"] and isinstance(item["loc"][0], int)
                else "说明清单应是一条一条的列表",
                file=FILE,
                rule=rule,
                remedy="补齐或改正这一项",
            )
            for item in error.errors()
        ) from None


def answered(findings: Iterable[Finding], answers: Sequence[Answer]) -> tuple[Finding, ...]:
    """The findings, those that are answered for as 已说明, with what is to be said of answers that no longer fit.

    An answer holds for the figures it was given to: with others the finding is open again.
    """
    found = []
    for finding in findings:
        answer = None if finding.state else next((each for each in answers if each.fits(finding)), None)
        found.append(replace(finding, state=ANSWERED, answer=answer.text) if answer else finding)
    for answer in answers:
        about = [each for each in found if answer.about(each)]
        if not about or any(answer.fits(each) for each in about):
            continue
        found.append(
            Finding(
                "answer-outdated",
                Severity.HINT,
                answer.subject,
                f"{FILE} 中说明的“{answer.subject}”（{answer.code}）的数已变，该事项重新列出。",
                cells=about[0].cells,
                remedy="核实后改写或删去这条说明",
            )
        )
    return tuple(found)


PLACES_FILE = "places.yaml"


class PlaceDecisions(BaseModel):
    """What the analyst decided of names (`places.yaml`): `same` has a name and its other spellings, `apart` pairs that are two."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    same: dict[str, list[str]] = {}
    apart: list[list[str]] = []

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each other spelling."""
        return {plain_name(other): plain_name(name) for name, others in self.same.items() for other in others}

    def keeps_apart(self, one: str, other: str) -> bool:
        """Whether two names were decided to be two places."""
        return any({one, other} <= {plain_name(name) for name in group} for group in self.apart)


def load_decisions(folder: Path) -> PlaceDecisions:
    """What `places.yaml` of a project folder decides; nothing where there is none. Raises ProjectError where it is malformed."""
    path = folder / PLACES_FILE
    if not path.is_file():
        return PlaceDecisions()
    rule = "same 下每行写“名称: [其他写法]”，apart 下每行写两个不同地方的名称"
    said = read_yaml(path, ProjectError)
    try:
        return PlaceDecisions.model_validate(said or {})
    except ValidationError as error:
        raise ProjectError(
            Problem(
                f"地名清单的“{'.'.join(map(str, item['loc'])) or '全文'}”写法不对",
                file=PLACES_FILE,
                rule=rule,
                remedy="改正这一项",
            )
            for item in error.errors()
        ) from None
