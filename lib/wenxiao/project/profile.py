"""Rules of evaluation as data (评价规则): loaded from YAML, strictly checked, one profile extending another."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, ValidationError, model_validator

from wenxiao.fields import standard_registry
from wenxiao.model import ProfileError, decimal_text
from wenxiao.model.errors import nearest
from wenxiao.project.allocation_scheme import Scheme
from wenxiao.project.grade_bands import Band, band_note, check_bands
from wenxiao.project.profile_file import files_of, merged, problem_of, profile_names
from wenxiao.project.project_folder import InputFile
from wenxiao.project.review_rule import ReviewRule, SampleRule
from wenxiao.project.scoring_methods import DefaultMethods, Method
from wenxiao.project.strictness import Exactly, Ratio, Share, Strict

__all__ = [
    "Adjustment",
    "Band",
    "Denominators",
    "Flags",
    "Profile",
    "load_profile",
    "profile_names",
]

Stage = Literal["planned", "budget", "allocated", "received", "paid", "spent"]


class Denominators(Strict):
    """What each rate is divided by."""

    execution_rate: Stage = "budget"
    arrival_rate: Stage = "budget"


class Flags(Strict):
    """From where on a figure is worth a remark; shares of the target, points of a score, shares of a 分值."""

    grade_margin: Exactly = Field(default=Decimal("0.5"), ge=0)
    over_completion: Exactly = Field(default=Decimal("1.2"), gt=1)
    over_completion_mandatory: Exactly = Field(default=Decimal("1.3"), gt=1)
    weight_tolerance: Exactly = Field(default=Decimal("0.2"), gt=0, lt=1)
    """How far every 分值 may move when the ranking is asked which ranks are certain."""

    @model_validator(mode="after")
    def _rising(self) -> Flags:
        if self.over_completion_mandatory < self.over_completion:
            raise ValueError("over_completion_mandatory 不得小于 over_completion")
        return self


class Adjustment(Strict):
    """Points added to (or, negative, taken from) a district's score before ranking, and why."""

    district: str = Field(min_length=1)
    points: Exactly
    reason: str = Field(min_length=1)


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


class MonitoringRule(Strict):
    """From where on spending and goals are behind (预警); empty where a place sets nothing.

    spent_by      month → the share of the budget that is to be spent by its end
    lights        light → by how many points spending must be behind for it: behind spent_by, else behind time
    goals_apart   how far the progress of the goals and the execution may lie apart, as a share
    answer_within working days in which a project that is behind goes on, is adjusted or ends; 0 where none are set
    reason_from   from which light on a reason has to be given; `deviation`: wherever a goal is missed or a ceiling exceeded

    >>> MonitoringRule(spent_by={4: "25%"}).spent_by[4]
    Decimal('0.25')
    """

    spent_by: dict[Annotated[int, Field(ge=1, le=12)], Share] = Field(default_factory=dict)
    lights: dict[Literal["red", "yellow", "blue"], Share] = Field(default_factory=dict)
    goals_apart: Share | None = None
    answer_within: int = Field(default=0, ge=0)
    reason_from: Literal["", "deviation", "yellow", "red"] = ""

    @model_validator(mode="after")
    def _graver(self) -> MonitoringRule:
        shares = [self.lights[light] for light in ("red", "yellow", "blue") if light in self.lights]
        if any(graver <= lighter for graver, lighter in pairwise(shares)):
            raise ValueError("lights 中较重的灯，落后的幅度须较大")
        return self


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


class Profile(Strict):
    """The rules one evaluation follows.

    `first_level` names the 一级指标 the rules ask for, `expected_levels` those that there usually are, and `beside` what they judge beside the score; `weight_sets` are
    the official distributions of 分值; `trial_weights` are 分值 by indicator to be tried beside the real ones (测算);
    `methods` go by the name of an indicator or of one above it, `default_methods` serve the others;
    `output_and_effect_minimum` is 0 where the rules set none; `works` are kinds of work by their words;
    `ranking_year` is the year whose scores are ranked where several are given, the latest where it is open;
    `monitoring` says when spending that goes on is behind, `review_sample` how self-evaluations are drawn for
    review, `result_use` what becomes of next year's budget by grade;
    `review` are the rules by which self-evaluations are reviewed, by code;
    `scheme` names the rule of `allocation` by which money is shared out on trial, where a run names none.

    >>> import wenxiao as wx
    >>> rules = wx.load_profile("national")
    >>> rules.denominators.execution_rate, rules.ties, rules.grades[0].lowest
    ('budget', 'competition', Decimal('90'))
    """

    name: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    extends: str = ""
    report_kind: Literal["", "单位自评", "部门评价", "财政评价", "全周期跟踪问效"] = ""
    grades: tuple[Band, ...] = Field(min_length=2)
    denominators: Denominators = Denominators()
    score_places: int = Field(default=2, ge=0, le=6)
    ties: Literal["competition", "dense", "average", "consecutive"] = "competition"
    ranking_order: Literal["administrative", "ranked"] = "administrative"
    ranking_year: int | None = Field(default=None, ge=1949, le=2999)
    exclude: tuple[str, ...] = ()
    adjusted: tuple[Adjustment, ...] = ()
    weights_total: Exactly = Field(default=Decimal(100), gt=0)
    trial_weights: dict[str, Annotated[Ratio, Field(ge=0)]] = Field(default_factory=dict)
    weight_sets: dict[str, dict[str, Exactly]] = Field(default_factory=dict)
    first_level: tuple[str, ...] = ()
    expected_levels: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    output_and_effect_minimum: Exactly = Field(default=Decimal(60), ge=0)
    methods: dict[str, Method] = Field(default_factory=dict)
    default_methods: DefaultMethods = DefaultMethods()
    flags: Flags = Flags()
    survey: SurveyRule = SurveyRule()
    monitoring: MonitoringRule = MonitoringRule()
    review_sample: SampleRule = SampleRule()
    review: dict[str, ReviewRule] = Field(default_factory=dict)
    result_use: dict[str, str] = Field(default_factory=dict)
    works: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    allocation: dict[str, Scheme] = Field(default_factory=dict)
    scheme: str = ""
    _files: tuple[InputFile, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _agree(self) -> Profile:
        check_bands(self.grades, self.weights_total)
        for name, weights in self.weight_sets.items():
            added = sum(weights.values(), Decimal(0))
            if added != self.weights_total:
                raise ValueError(f"“{name}”的分值合计 {added}，应为 {decimal_text(self.weights_total)}")
        if self.output_and_effect_minimum > self.weights_total:
            raise ValueError("output_and_effect_minimum 大于总分")
        if self.scheme and self.scheme not in self.allocation:
            like = nearest(self.scheme, self.allocation)
            hint = f"，是否为“{like}”" if like else ""
            raise ValueError(f"scheme 所指的“{self.scheme}”不在 allocation 中{hint}")
        if unknown := [grade for grade in self.result_use if self.band(grade) is None]:
            raise ValueError(f"result_use 中的“{unknown[0]}”不是 grades 中的等级")
        for what, names in (
            ("exclude", self.exclude),
            ("adjusted", tuple(each.district for each in self.adjusted)),
            ("first_level", self.first_level),
        ):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise ValueError(f"{what} 中“{twice}”列了两次")
        return self

    @property
    def files(self) -> tuple[InputFile, ...]:
        """The files it was read from, its own first; none for rules that were made in a program."""
        return self._files

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how the rules are read where their print leaves something open, for the report."""
        note = band_note(self.grades)
        return (note,) if note else ()

    @property
    def adjustments(self) -> Mapping[str, Adjustment]:
        """The adjustments by district."""
        return {each.district: each for each in self.adjusted}

    def band(self, word: str) -> Band | None:
        """The band a printed grade names, by its label or another word for it."""
        return next((b for b in self.grades if word == b.label or word in b.aliases), None)


def load_profile(name: str = "national", folder: Path | None = None) -> Profile:
    """The profile called `name`; one in `folder` (parameters/profiles) goes before a shipped one.

    Raises ProfileError with every problem of the file, an unknown key with the nearest known one.

    >>> load_profile("national").grades[0].label
    '优'
    """
    merged(name, folder)  # which says what is wrong with the files
    return _validated(name, folder, files_of(name, folder))


@lru_cache(maxsize=32)
def _validated(name: str, folder: Path | None, files: tuple[InputFile, ...]) -> Profile:
    try:
        profile = Profile.model_validate(merged(name, folder))
    except ValidationError as error:
        raise ProfileError([problem_of(Profile, name, item) for item in error.errors()]) from None
    profile._files = files
    return profile
