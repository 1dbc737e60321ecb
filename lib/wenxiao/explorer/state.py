"""All that a session of the explorer is at one moment, as one value: every widget is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wenxiao.explorer.parameter_set import ParameterSet
from wenxiao.explorer.weights import Path


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
