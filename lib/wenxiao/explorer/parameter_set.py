"""A state of the explorer as parameters: which project, which rules, and what was changed of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

import yaml
from pydantic import ValidationError
from upath import UPath

from wenxiao.batch.run import is_safe
from wenxiao.explorer.weights import Path
from wenxiao.model import ParameterError, Problem, ProfileError
from wenxiao.project import Profile, Workspace, load_profile
from wenxiao.project.parameters_cell import read_parameters
from wenxiao.project.place import write_whole
from wenxiao.project.profile_file import merged, overlaid, problem_of

NOTEBOOKS = {"项目报告": "project_report", "县区排名": "district_ranking"}
"""The notebooks that a state can be run with."""
_LABELS = {
    "denominators": "分母",
    "grades": "等级分数线",
    "ties": "同分的名次",
    "exclude": "不参与排名的县区",
    "flags": "分值幅度",
    "trial_weights": "试算的分值",
    "scheme": "分配办法",
    "allocation": "分配的数",
}
"""What an analyst calls the keys of a profile that the explorer changes."""
_TRIALS = {"trial_weights", "scheme", "allocation"}
_OF_PROJECT = {"trial_weights", "exclude", "scheme", "allocation"}
"""The keys that name indicators or districts of one project."""


@dataclass(frozen=True)
class ParameterSet:
    """One state: `project` as parameters name it, the `profile` it starts from, and the keys of the profile that differ.

    `changes` are keys of a profile with plain values, as a file would hold them.
    """

    project: str
    profile: str = "national"
    changes: Mapping[str, object] = field(default_factory=dict)

    def changed(self, **changes: object) -> ParameterSet:
        """The same state with some keys of the rules set; a value of None takes a change back."""
        kept = {key: value for key, value in {**self.changes, **changes}.items() if value is not None}
        return replace(self, changes=_plain_keys(kept))

    def on(self, project: str) -> ParameterSet:
        """The same rules on another project, less what names indicators or districts of this one."""
        kept = {key: value for key, value in self.changes.items() if key not in _OF_PROJECT}
        return replace(self, project=project, changes=kept)

    @classmethod
    def load(cls, workspace: Workspace, run: str) -> ParameterSet:
        """The state that `save` wrote as `notebook/name`, equal to what was saved.

        A parameter file written by hand is a state too: its profile is then the one it starts from. Raises ParameterError
        or ProfileError for files that cannot be read.
        """
        values = read_parameters(workspace.parameters / f"{run}.yaml", f"{run}.yaml")
        project, profile = str(values.get("project", "")), str(values.get("profile", "national"))
        own = workspace.profiles / f"{profile}.yaml"
        data = read_parameters(own, f"profiles/{profile}.yaml") if own.is_file() else {}
        changes = {key: value for key, value in data.items() if key in _LABELS}
        if not changes or data.keys() != {"title", "source", "extends", *changes}:
            return cls(project, profile)
        return cls(project, str(data["extends"]), changes)

    @staticmethod
    def saved(workspace: Workspace) -> tuple[str, ...]:
        """The parameter files that name one project, as `load` takes them, sorted."""
        found = (
            path for path in workspace.parameters.glob("*/*.yaml") if path.parent.name in NOTEBOOKS.values()
        )
        return tuple(
            sorted(path.relative_to(workspace.parameters).with_suffix("").as_posix() for path in found)
        )

    @property
    def tried(self) -> bool:
        """Whether something of it is a trial (测算) and no rule."""
        return not _TRIALS.isdisjoint(self.changes)

    @property
    def said(self) -> str:
        """What was changed of the rules, in an analyst's words; '' where nothing was.

        >>> ParameterSet("data/linyi-2021").changed(ties="dense", exclude=["兰山区"]).said
        '同分的名次、不参与排名的县区'
        """
        return "、".join(_LABELS.get(key, key) for key in self.changes)

    def rules(self, workspace: Workspace) -> Profile:
        """The rules of this state; ProfileError with every problem."""
        if not self.changes:
            return load_profile(self.profile, workspace.profiles)
        # As the file of `save` would be read, so that a report made of it has the same figures.
        data = overlaid(merged(self.profile, workspace.profiles), _plain_keys(self.changes))
        data["extends"] = self.profile
        try:
            return Profile.model_validate(data)
        except ValidationError as error:
            raise ProfileError([problem_of(Profile, "改动的规则", each) for each in error.errors()]) from None

    def save(self, workspace: Workspace, name: str, notebook: str = "project_report") -> tuple[str, ...]:
        """The files written, relative to the workspace: a parameter file, and a profile where rules were changed.

        `wenxiao run NAME` makes the report of this state from them. A file of another content is never overwritten:
        ParameterError says which is in the way.
        """
        if not is_safe(name) or "--" in name:
            raise ParameterError(
                Problem("名称不能用作文件名", value=name, remedy='不用 / \\ : * ? " < > | 和 --，换一个名称')
            )
        profile = name if self.changes else self.profile
        wanted = {
            workspace.parameters / notebook / f"{name}.yaml": _dump(
                {"project": self.project, "profile": profile}
            )
        }
        if self.changes:
            rules = self.rules(workspace)
            own = {
                "title": f"{rules.title}（{'测算' if self.tried else '改动'}）",
                "source": f"由 {self.profile} 改动：{self.said}",
                "extends": self.profile,
                **_plain_keys(self.changes),
            }
            wanted[workspace.profiles / f"{name}.yaml"] = _dump(own)
        taken = [
            path
            for path, text in wanted.items()
            if path.is_file() and path.read_text(encoding="utf-8") != text
        ]
        if taken:
            raise ParameterError(
                Problem(
                    "已有同名而内容不同的文件",
                    file=workspace.relative(path),
                    remedy="换一个名称，或先删去旧文件",
                )
                for path in taken
            )
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(UPath(path), text.encode())
        return tuple(workspace.relative(path) for path in wanted)


def _plain_keys(changes: Mapping[str, object]) -> dict[str, object]:
    return {key: _plain(value) for key, value in changes.items()}


def _plain(value: object) -> object:
    """A value as YAML holds it readably: decimals as texts, tuples as lists."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, (Decimal, Fraction)) else value


def _dump(data: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False)


@dataclass(frozen=True)
class Draft:
    """Words being edited: what is typed, and what the file held when the typing began."""

    before: str
    typed: str


@dataclass(frozen=True)
class State:
    """One moment of a session; an event makes a new one.

    parameters  what is saved and run: project, rules, tried weights
    group       the indicator whose parts are weighed, () for the first level
    locked      indicators whose weight stays when others are moved
    aside       the weights of another trial, to be compared with; None where there is none
    chosen      what is looked at, by the name of the control
    words       edited sections that are not yet written, by project and heading
    """

    parameters: ParameterSet
    group: Path = ()
    locked: frozenset[Path] = frozenset()
    aside: Mapping[str, str] | None = None
    chosen: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[tuple[str, str], Draft] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """The project as parameters name it."""
        return self.parameters.project

    def on(self, parameters: ParameterSet) -> State:
        """The state on other parameters; what belongs to the project that is left goes, but for words not yet written."""
        if parameters.project == self.project:
            return replace(self, parameters=parameters)
        return State(parameters, words=self.words)

    def choosing(self, **chosen: object) -> State:
        """The state with something else looked at."""
        return replace(self, chosen={**self.chosen, **chosen})

    def typed(self, heading: str, before: str, text: str) -> State:
        """The state with words typed under a heading; those that the file holds already are no draft."""
        key = (self.project, heading)
        began = self.words[key].before if key in self.words else before
        drafts = {each: draft for each, draft in self.words.items() if each != key}
        return replace(self, words=drafts if text == began else {**drafts, key: Draft(began, text)})

    def written(self, *headings: str) -> State:
        """The state once the words under these headings are in the file."""
        left = {
            key: each for key, each in self.words.items() if key not in {(self.project, h) for h in headings}
        }
        return replace(self, words=left)
