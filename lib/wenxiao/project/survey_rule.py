"""What counts as satisfied (满意) in a survey, as a profile states it; the counting itself is in `wenxiao.evaluation.survey`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from wenxiao.fields import standard_registry
from wenxiao.project.nearest import nearest
from wenxiao.project.strictness import Share, Strict

OPTIONS = (
    "very_satisfied",
    "option_satisfied",
    "rather_satisfied",
    "basically_satisfied",
    "neutral",
    "rather_dissatisfied",
    "option_dissatisfied",
    "very_dissatisfied",
    "no_opinion",
)
"""The answers a question of satisfaction may offer, most content first; keys of the registry."""


@cache
def option_labels() -> dict[str, str]:
    """The options by key with the words a profile and a report use: very_satisfied → 非常满意."""
    return {key: standard_registry().field(key, "satisfaction").label for key in OPTIONS}


class SurveyRule(Strict):
    """Which answers count as satisfied; the weight of each answer where a mean (量表均值) is asked for.

    Without `likert` no mean is worked out. `confidence` is that of the Wilson interval, in per cent.

    >>> SurveyRule().satisfied
    ('非常满意', '满意', '比较满意', '基本满意')
    """

    satisfied: tuple[str, ...] = Field(default=("非常满意", "满意", "比较满意", "基本满意"), min_length=1)
    likert: dict[str, Share] = Field(default_factory=dict)
    confidence: Literal[90, 95, 99] = 95

    @model_validator(mode="after")
    def _known(self) -> SurveyRule:
        known = tuple(option_labels().values())
        for where, names in (("satisfied", self.satisfied), ("likert", tuple(self.likert))):
            for name in names:
                if name not in known:
                    like = nearest(name, known)
                    hint = f"，是否为“{like}”" if like else ""
                    raise ValueError(f"{where} 中没有“{name}”这个选项{hint}；可用的有 {'、'.join(known)}")
        return self
