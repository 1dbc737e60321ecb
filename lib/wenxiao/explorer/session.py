"""The explorer without its widgets: a state, what follows from it, and who wants to know when it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.robustness import ScoreMatrix, matrix_of_scorecards
from wenxiao.evaluation.shared_out import shared_out
from wenxiao.evaluation.what_if import WhatIf, what_if
from wenxiao.explorer.parameter_set import ParameterSet, tried_weights
from wenxiao.model import WenxiaoError
from wenxiao.project import Project, Workspace, load_project

WHOLE = "全项目"


class Session:
    """One analyst's session on one project: `state`, its `evaluation`, the weights being tried.

    A change that the rules refuse leaves everything as it was; `problems` says why. Listeners are called after each change
    of the state, trial listeners after each change of the tried weights alone.
    """

    def __init__(self, workspace: Workspace, state: ParameterSet) -> None:
        self.workspace = workspace
        self.state = state
        self.problems: tuple[str, ...] = ()
        self._listeners: list[Callable[[], None]] = []
        self._trial_listeners: list[Callable[[], None]] = []
        self._project: Project | None = None
        self.evaluation: Evaluation | None = None
        self.weights: dict[str, Fraction] = {}
        self._evaluate(state, reread=True)

    @property
    def folder(self) -> Path:
        """The folder of the project."""
        return self.workspace.resolve(self.state.project)

    def listen(self, changed: Callable[[], None], tried: Callable[[], None] | None = None) -> None:
        """Nothing; `changed` is called after each change of the state, `tried` after each change of tried weights."""
        self._listeners.append(changed)
        if tried is not None:
            self._trial_listeners.append(tried)

    def open(self, project: str, profile: str | None = None) -> bool:
        """Whether the project could be read and evaluated; the rules' changes stay, tried weights do not."""
        state = ParameterSet(project, profile or self.state.profile, self.state.changes).changed(
            trial_weights=None
        )
        return self._evaluate(state, reread=True)

    def change(self, **changes: object) -> bool:
        """Whether some keys of the rules could be set; see ParameterSet.changed."""
        return self._evaluate(self.state.changed(**changes))

    def start_from(self, profile: str) -> bool:
        """Whether another profile could be taken as the start; the changes made so far stay."""
        return self._evaluate(ParameterSet(self.state.project, profile, self.state.changes))

    def reread(self) -> bool:
        """Whether the project could be read again, as its files are now."""
        return self._evaluate(self.state, reread=True)

    def try_weights(self, weights: Mapping[str, Fraction]) -> None:
        """Nothing; the tried weights are these. The evaluation stays: what follows from them is in `trial`."""
        self.weights = dict(weights)
        moved = {name: weight for name, weight in weights.items() if weight != self.real_weights.get(name)}
        self.state = self.state.changed(trial_weights=self._kept(weights) if moved else None)
        for listener in self._trial_listeners:
            listener()

    def _kept(self, weights: Mapping[str, Fraction]) -> dict[str, str | None]:
        """Tried weights as a profile keeps them; what the profile it extends tries elsewhere is taken back."""
        inherited = self.evaluation.profile.trial_weights if self.evaluation else {}
        return {**{name: None for name in inherited if name not in weights}, **tried_weights(weights)}

    @property
    def matrix(self) -> ScoreMatrix | None:
        """The scores whose weights can be tried: the districts' by indicator, else the project's own scorecard."""
        if self.evaluation is None:
            return None
        firm, card = self.evaluation.robustness, self.evaluation.scorecard
        if firm is not None and firm.matrix.detailed:
            return firm.matrix
        if card is None or card.total.number is None:
            return None
        return matrix_of_scorecards({WHOLE: card})

    @property
    def real_weights(self) -> dict[str, Fraction]:
        """The 分值 that stand in the tables, by 一级指标."""
        matrix = self.matrix
        return {} if matrix is None else {leaf.name: leaf.weight for leaf in matrix.at(1).leaves}

    @property
    def trial(self) -> WhatIf | None:
        """Where everyone stands under the tried weights; None without scores by indicator."""
        matrix = self.matrix
        if matrix is None or self.evaluation is None:
            return None
        return what_if(matrix, self.weights or self.real_weights, self.evaluation.profile)

    def _evaluate(self, state: ParameterSet, *, reread: bool = False) -> bool:
        try:
            rules = state.rules(self.workspace)
            project = self._project
            if reread or project is None:
                project = load_project(self.workspace.resolve(state.project))
            evaluation = shared_out(evaluate(project, rules))
        except WenxiaoError as error:
            self.problems = tuple(str(problem) for problem in error.problems)
        else:
            self.problems = ()
            self.state, self._project, self.evaluation = state, project, evaluation
            if reread or list(self.weights) != list(self.real_weights):
                self.weights = self.real_weights
        for listener in self._listeners:
            listener()
        return not self.problems
