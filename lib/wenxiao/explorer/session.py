"""The explorer without its widgets: a state with its history, what follows from it, and who wants to know when it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.robustness import ScoreMatrix, matrix_of_scorecards
from wenxiao.evaluation.shared_out import shared_out
from wenxiao.evaluation.trial import WHOLE
from wenxiao.evaluation.what_if import WhatIf, what_if
from wenxiao.explorer import weights as tree
from wenxiao.explorer.parameter_set import ParameterSet, State
from wenxiao.explorer.weights import Weights, exact_text
from wenxiao.model import Exact, WenxiaoError
from wenxiao.project import Profile, Project, Workspace, load_project


class Session:
    """One analyst's session: `state`, and the `evaluation` and `trial` that follow from it.

    A change that the rules refuse leaves everything as it was; `problems` says why. A project that cannot be read is opened
    all the same, without an evaluation, so that its files can be mended. Listeners are called after each new state, trial
    listeners alone where nothing but the tried weights differs.
    """

    def __init__(self, workspace: Workspace, parameters: ParameterSet) -> None:
        self.workspace = workspace
        self.state = State(parameters)
        self.problems: tuple[str, ...] = ()
        self.evaluation: Evaluation | None = None
        self.trial: WhatIf | None = None
        self._listeners: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self._past: list[State] = []
        self._future: list[State] = []
        self._gesture: object = None
        self._project: Project | None = None
        self._basis: ParameterSet | None = None
        self._follow(self.state, reread=True)

    @property
    def folder(self) -> Path:
        """The folder of the project."""
        return self.workspace.resolve(self.state.project)

    def listen(
        self, changed: Callable[[], None], tried: Callable[[], None] | None = None
    ) -> Callable[[], None]:
        """Has `changed` called after each new state, `tried` where only tried weights differ; returns how to stop it."""
        pair = (changed, tried or (lambda: None))
        self._listeners.append(pair)
        return lambda: self._listeners.remove(pair)

    # Events: each makes a new state.

    def change(self, **changes: object) -> bool:
        """Whether some keys of the rules could be set; see ParameterSet.changed."""
        return self._go(self.state.on(self.state.parameters.changed(**changes)))

    def start_from(self, profile: str) -> bool:
        """Whether another profile could be taken as the start; the changes made so far stay."""
        return self._go(self.state.on(replace(self.state.parameters, profile=profile)))

    def open(self, project: str, profile: str = "") -> bool:
        """Whether the project could be read and evaluated; it is open in any case, with the same rules."""
        wanted = self.state.parameters.on(project)
        return self._go(
            self.state.on(replace(wanted, profile=profile or wanted.profile)), reread=True, refuse=False
        )

    def open_saved(self, run: str) -> bool:
        """Whether a saved state, as `notebook/name`, could be opened as it was."""
        try:
            parameters = ParameterSet.load(self.workspace, run)
        except WenxiaoError as error:
            self.problems = _said(error)
            self._tell()
            return False
        return self._go(self.state.on(parameters), reread=True, refuse=False)

    def reread(self) -> bool:
        """Whether the project could be read again, as its files are now."""
        self._gesture = None
        self._follow(self.state, reread=True)
        self._tell()
        return self.evaluation is not None

    def move(self, part: tree.Path, weight: Exact) -> bool:
        """Whether an indicator could be given a weight; the moves of one indicator in a row start from the same weights."""
        start = self._past[-1] if self._gesture == part and self._past else self.state
        weights = self._weights_of(start)
        if weights is None or part not in weights.parts(part[:-1]):
            return False
        return self._try(weights.moved(part, Fraction(weight), self.state.locked), part)

    def restore_weights(self) -> bool:
        """Whether the real weights could be taken back."""
        weights = self.weights
        return weights is not None and self._try(replace(weights, tried=weights.real))

    def try_weights(self, weights: Mapping[str, Exact]) -> bool:
        """Whether these weights by name fit the indicators, as a profile would give them."""
        return self._change_trial({name: exact_text(Fraction(weight)) for name, weight in weights.items()})

    def lock(self, part: tree.Path, *, locked: bool) -> None:
        """Keeps an indicator's weight when others are moved, or no longer."""
        one = {part}
        self._go(replace(self.state, locked=self.state.locked | one if locked else self.state.locked - one))

    def weigh(self, group: tree.Path) -> None:
        """Has the parts of an indicator weighed; () for the first level."""
        self._go(replace(self.state, group=group), step=False)

    def set_aside(self, *, kept: bool = True) -> None:
        """Keeps the present trial to be compared with, or forgets the one that was kept."""
        self._go(replace(self.state, aside=self._tried_names() if kept else None))

    def choose(self, **chosen: object) -> None:
        """Has something else looked at: no step of its own to undo."""
        self._go(self.state.choosing(**chosen), step=False)

    def type(self, heading: str, before: str, text: str) -> None:
        """Takes words typed under a heading; `before` is what the file holds there."""
        self._go(self.state.typed(heading, before, text), gesture=("words", heading))

    def written(self, *headings: str) -> None:
        """Takes note that the words under these headings are in the file, in this state and in those before it."""
        self._past = [
            state.written(*headings) if state.project == self.state.project else state for state in self._past
        ]
        self._go(self.state.written(*headings), step=False)

    def undo(self) -> bool:
        """Whether there was a step to take back."""
        return self._back(self._past, self._future)

    def redo(self) -> bool:
        """Whether there was a step to take again."""
        return self._back(self._future, self._past)

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be undone, and how many done again."""
        return len(self._past), len(self._future)

    # What follows from the state.

    @property
    def matrix(self) -> ScoreMatrix | None:
        """The scores whose weights can be tried: the districts' by indicator, else the project's own scorecard."""
        return None if self.evaluation is None else _matrix_of(self.evaluation)

    @property
    def weights(self) -> Weights | None:
        """The weights of every indicator, real and tried; None without scores by indicator."""
        matrix = self.matrix
        return None if matrix is None or self.trial is None else Weights.of(matrix, self.trial)

    @property
    def other_trial(self) -> WhatIf | None:
        """Where everyone stands in the trial that was set aside; None where there is none, or where it no longer fits."""
        matrix, aside = self.matrix, self.state.aside
        if matrix is None or aside is None or self.evaluation is None:
            return None
        try:
            return what_if(
                matrix, {name: Fraction(each) for name, each in aside.items()}, self.evaluation.profile
            )
        except WenxiaoError:
            return None

    def _try(self, weights: Weights, gesture: object = None) -> bool:
        return self._change_trial(weights.named, gesture)

    def _change_trial(self, wanted: Mapping[str, str], gesture: object = None) -> bool:
        """Sets the tried weights to exactly these; what the profile it starts from tries elsewhere is taken back."""
        parameters = self.state.parameters
        start = replace(parameters, changes={}).rules(self.workspace).trial_weights
        inherited = {name: exact_text(weight) for name, weight in start.items()}
        gone: dict[str, str | None] = {name: None for name in inherited if name not in wanted}
        change = None if dict(wanted) == inherited else {**gone, **wanted}
        return self._go(self.state.on(parameters.changed(trial_weights=change)), gesture=gesture)

    def _tried_names(self) -> dict[str, str]:
        weights = self.weights
        return {} if weights is None else weights.named

    def _weights_of(self, state: State) -> Weights | None:
        matrix = self.matrix
        if matrix is None or self.evaluation is None:
            return None
        rules = state.parameters.rules(self.workspace)
        return Weights.of(matrix, what_if(matrix, rules.trial_weights, rules))

    def _go(
        self,
        state: State,
        *,
        step: bool = True,
        reread: bool = False,
        refuse: bool = True,
        gesture: object = None,
    ) -> bool:
        before = self.state
        if state == before and not reread:
            if self.problems and self.evaluation is not None:  # what was refused last is no longer asked for
                self.problems = ()
                self._tell()
            return True
        held = (self.evaluation, self.trial, self._project, self._basis)
        self._follow(state, reread=reread or state.project != before.project)
        refused = bool(self.problems) and refuse and held[0] is not None
        if refused:
            self.evaluation, self.trial, self._project, self._basis = held
        else:
            self.state = state
            if step:
                if gesture is None or gesture != self._gesture:
                    self._past.append(before)
                self._future.clear()
                self._gesture = gesture
        self._tell(trial_only=not refused and _same_but_trial(before, state))
        return not self.problems

    def _back(self, steps: list[State], others: list[State]) -> bool:
        while steps and steps[-1] == self.state:
            steps.pop()
        if not steps:
            return False
        others.append(self.state)
        before, self.state = self.state, steps.pop()
        self._gesture = None
        self._follow(self.state, reread=before.project != self.state.project)
        self._tell()
        return True

    def _follow(self, state: State, *, reread: bool = False) -> None:
        """Works out what follows from a state; where it cannot be, `problems` says why and there is no evaluation."""
        basis = state.parameters.changed(trial_weights=None)
        known = self.evaluation if not reread and basis == self._basis else None
        self.problems = ()
        try:
            rules = state.parameters.rules(self.workspace)
            if reread or self._project is None:
                self._project = None
                self._project = load_project(self.workspace.resolve(state.project))
            if known is None:
                known = shared_out(evaluate(self._project, rules.model_copy(update={"trial_weights": {}})))
            self.trial = _trial_of(known, rules)
            self.evaluation, self._basis = known, basis
        except WenxiaoError as error:
            self.evaluation = self.trial = None
            self.problems = _said(error)

    def _tell(self, *, trial_only: bool = False) -> None:
        for changed, tried in tuple(self._listeners):
            (tried if trial_only else changed)()


def _matrix_of(evaluation: Evaluation) -> ScoreMatrix | None:
    firm, card = evaluation.robustness, evaluation.scorecard
    if firm is not None and firm.matrix.detailed:
        return firm.matrix
    if card is None or card.total.number is None:
        return None
    return matrix_of_scorecards({WHOLE: card})


def _trial_of(evaluation: Evaluation, rules: Profile) -> WhatIf | None:
    """The trial of a profile's weights; ProfileError where they fit no indicator, or where there is none."""
    matrix = _matrix_of(evaluation)
    if matrix is not None:
        return what_if(matrix, rules.trial_weights, rules)
    if rules.trial_weights:
        evaluate(evaluation.project, rules)  # says what is wrong as a run would
    return None


def _same_but_trial(one: State, other: State) -> bool:
    """Whether two states differ in nothing but what is tried and how."""
    bare = [
        replace(
            each,
            parameters=each.parameters.changed(trial_weights=None),
            locked=frozenset(),
            group=(),
            aside=None,
        )
        for each in (one, other)
    ]
    return bare[0] == bare[1]


def _said(error: WenxiaoError) -> tuple[str, ...]:
    return tuple(str(problem) for problem in error.problems)
