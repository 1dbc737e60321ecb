"""What changed between two editions (修改情况): the differences of their results, as the readers of the later may see them."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.evaluation import Audience
from wenxiao.reports.comparison import Change, Comparison, Part, RunComparison, comparison_page
from wenxiao.reports.comparison.difference import differences
from wenxiao.reports.hand_over.editions import Edition
from wenxiao.reports.records import Results

_INTERNAL = ("差异说明",)
_OF_THE_SOFTWARE = (Part.PARAMETER, Part.VERSION)
"""That it is another edition, for other readers, made with another program, is known."""


@dataclass(frozen=True)
class Revision:
    """The edition before, and what this one says otherwise."""

    before: str
    after: str
    title: str
    changes: tuple[Change, ...]
    texts: tuple[str, ...] = ()
    """The sections whose words are not what they were."""

    @property
    def page(self) -> str:
        """The same as a page, 修改情况.html."""
        run = RunComparison("", self.title, self.changes)
        return comparison_page(Comparison(self.before, self.after, (run,)))


def revision_of(before: Edition, after: Edition, title: str, audience: Audience) -> Revision:
    """What the later of two editions says otherwise than the earlier.

    Findings are compared only where both editions hold them. For release nothing that names a peer is in it.
    """
    old, new = before.results, after.results
    left = set(_OF_THE_SOFTWARE)
    if not (_internal(old) and _internal(new)):
        left.add(Part.FINDING)
    if audience.release:
        left.add(Part.INPUT)  # which names corrections and the files of others
    changes = tuple(
        change
        for change in differences(old, new)
        if change.part not in left
        and not audience.names_a_peer(f"{change.what}\n{change.before}\n{change.after}")
    )
    sections = dict.fromkeys((*before.texts, *after.texts))
    texts = tuple(
        each for each in sections if before.texts.get(each) != after.texts.get(each) and each not in _INTERNAL
    )
    return Revision(before.name, after.name, title, changes, texts)


def _internal(results: Results) -> bool:
    return bool(results.run.parameters.get("audience", "internal") == "internal")
