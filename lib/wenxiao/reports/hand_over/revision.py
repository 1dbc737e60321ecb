"""What changed between two editions (修改情况): the differences of their results, as the readers of the later may see them."""

from __future__ import annotations

from dataclasses import dataclass

from wenxiao.evaluation import Audience
from wenxiao.reports.comparison import Change, Comparison, Part, RunComparison, comparison_page
from wenxiao.reports.comparison.difference import differences
from wenxiao.reports.records import Results

_OF_THE_SOFTWARE = (Part.PARAMETER, Part.VERSION)
"""That it is another edition, for other readers, made with another program, is known."""


@dataclass(frozen=True)
class Revision:
    """The edition before, and what this one says otherwise."""

    before: str
    after: str
    title: str
    changes: tuple[Change, ...]

    @property
    def page(self) -> str:
        """The same as a page, 修改情况.html."""
        run = RunComparison("", self.title, self.changes)
        return comparison_page(Comparison(self.before, self.after, (run,)))


def revision_of(
    before: tuple[str, Results], after: tuple[str, Results], title: str, audience: Audience
) -> Revision:
    """What the later of two editions, each with its name, says otherwise than the earlier.

    Findings are compared only where both editions hold them. For release nothing that names a peer is in it.
    """
    (old_name, old), (new_name, new) = before, after
    left = set(_OF_THE_SOFTWARE)
    if not (_internal(old) and _internal(new)):
        left.add(Part.FINDING)
    changes = tuple(
        change
        for change in differences(old, new)
        if change.part not in left
        and not audience.names_a_peer(f"{change.what}\n{change.before}\n{change.after}")
    )
    return Revision(old_name, new_name, title, changes)


def _internal(results: Results) -> bool:
    return bool(results.run.parameters.get("audience", "internal") == "internal")
