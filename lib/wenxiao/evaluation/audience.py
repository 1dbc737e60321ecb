"""Who reads an edition, and what may stand in it: the one place that knows, for page, results and working paper alike.

The internal edition holds everything. An edition for release holds no findings (核对差异) and no corrections; where it is
about one district, it names none of its peers (同类县区) either, unless they have consented. That holds for every file of
the run: whatever would name a peer, in its words, its inputs or the place it was read from, is withheld whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import Given, Measure

_HOUSE_KINDS = frozenset(("evidence", "opinions"))
"""Kinds of table that stay in the house whole: what the scores rest on, what was said of a draft."""

_HOUSE_FIELDS = {
    "scorecard": frozenset(
        (
            *("evidence_number", "data_source", "calculation", "reference_score"),
            *("decision", "decided_by", "decided_on", "preparer", "scored_on", "reviewer", "reviewed_on"),
            *("initial_reason", "reviewed_reason", "final_reason", "final_reviewer"),
        )
    ),
    "problems": frozenset(("evidence_number", "page", "feedback", "adopted", "grounds")),
}
"""Fields that stay in the house: how a score came about and by whose hand, what was replied to a problem."""


@dataclass(frozen=True)
class Audience:
    """What the readers of one edition may see.

    `release` says that the edition leaves the house; `peers` are the names it must not hold; `own` are words that may
    stand although a peer's name is part of them (the district itself, the title of the project).

    >>> city = Audience(release=True, peers=frozenset({"河东区", "兰山区"}), own=("罗庄区",))
    >>> city.names_a_peer("罗庄区得分高于河东区"), city.names_a_peer("罗庄区得分 84 分")
    (True, False)
    """

    release: bool = False
    peers: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()

    @property
    def sees_findings(self) -> bool:
        """Whether findings and corrections may be shown, and how many there are."""
        return not self.release

    def sees(self, kind: str, field: str | None = None) -> bool:
        """Whether a kind of table, or a field of it, may be shown.

        >>> Audience(release=True).sees("problems"), Audience(release=True).sees("problems", "feedback")
        (True, False)
        """
        if not self.release:
            return True
        return kind not in _HOUSE_KINDS and field not in _HOUSE_FIELDS.get(kind, ())

    def names_a_peer(self, text: str) -> bool:
        """Whether a text holds the name of a peer; quick for thousands of peers."""
        if not self.peers:
            return False
        for own in self.own:
            text = text.replace(own, "\0")
        return any(
            text[start : start + length] in self.peers
            for length in self._lengths
            for start in range(len(text) - length + 1)
        )

    def withholds(self, figure: Measure | Given) -> bool:
        """Whether a figure's derivation (its inputs, their cells, its own words) would name a peer.

        The value may still be shown; what it was made from may not, nor its line of 计算底稿.
        """
        return bool(self.peers) and any(self.names_a_peer(text) for text in _words(figure))

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(name) for name in self.peers if name}))


INTERNAL = Audience()
"""Readers in the house, who see everything."""


def audience_of(
    evaluations: Iterable[Evaluation], audience: str = "internal", district: str = "", consent: bool = False
) -> Audience:
    """The readers that a run's parameters name: `internal` or `release`, of a report on a `district` or on all.

    `consent` says that the other districts have agreed to be named.
    """
    if audience != "release":
        return INTERNAL
    if not district or consent:
        return Audience(release=True)
    projects = [each.project for each in evaluations]
    peers = {name for project in projects for name in project.districts} - {district}
    # Longest first: a name that is part of another one is taken out with it.
    own = sorted({district, *(project.title for project in projects)}, key=len, reverse=True)
    return Audience(release=True, peers=frozenset(peers), own=tuple(own))


def audience_in(
    evaluations: Iterable[Evaluation], parameters: Mapping[str, object], district: str = ""
) -> Audience:
    """The same, from the parameters as a run records them."""
    named = parameters.get("audience", "internal")
    return audience_of(evaluations, str(named), district, parameters.get("consent") is True)


def _words(figure: Measure | Given) -> Iterable[str]:
    """Every text that showing a figure's derivation would show."""
    if isinstance(figure, Measure):
        yield from (figure.subject, figure.label, figure.basis, figure.condition, figure.formula)
    givens = figure.inputs if isinstance(figure, Measure) else (figure,)
    seen: set[str] = set()
    for given in givens:
        texts = (
            given.label,
            given.raw,
            *((given.cell.file, given.cell.sheet) if given.cell is not None else ()),
        )
        yield from (text for text in texts if text not in seen)
        seen.update(texts)
