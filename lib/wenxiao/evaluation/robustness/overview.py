"""All that can be said of how firm a ranking stands, in one value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wenxiao.evaluation.robustness.certainty import TOLERANCE, RankCertainty, rank_certainty
from wenxiao.evaluation.robustness.gap import Gap, Spread, gap_between, gap_to_mean, lost_points, spread_of
from wenxiao.evaluation.robustness.left_out import LeftOut, leave_one_out
from wenxiao.evaluation.robustness.margins import GradeMargin, RankInterval, grade_margins, rank_intervals
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.evaluation.robustness.swap import Swap, smallest_swap, swaps
from wenxiao.model import Exact, Missing
from wenxiao.project.profile import Profile


@dataclass(frozen=True, eq=False)
class Robustness:
    """What holds of a ranking beyond the ranks themselves; a part that needs scores by indicator is 未提供 without them.

    `matrix` holds the districts that take part, in source order, and all tuples by district follow it; `swaps` holds
    neighbours in the ranking, from the top.
    """

    matrix: ScoreMatrix
    intervals: tuple[RankInterval, ...]
    margins: tuple[GradeMargin, ...]
    certainty: RankCertainty | Missing
    leave_one_out: tuple[LeftOut, ...] | Missing
    swaps: tuple[Swap, ...] | Missing
    spread: Spread | Missing

    def gap(self, first: str, second: str, level: int | None = None) -> Gap:
        """The gap of two districts by indicator."""
        return gap_between(self.matrix, first, second, level)

    def gap_to_mean(self, district: str, level: int | None = None) -> Gap:
        """The gap of a district to the mean by indicator."""
        return gap_to_mean(self.matrix, district, level)

    def lost(self, district: str, level: int | None = None) -> Gap:
        """What a district lost against full marks by indicator."""
        return lost_points(self.matrix, district, level)

    def swap(self, first: str, second: str) -> Swap | Missing:
        """The smallest shift of weight that makes two districts equal."""
        return smallest_swap(self.matrix, first, second)

    def about(self, district: str) -> Iterator[str]:
        """What can be said of one district, as Chinese sentences, in reading order."""
        row = self.matrix.position(district)
        yield self.intervals[row].sentence
        if isinstance(self.certainty, Missing):
            yield f"分项得分{self.certainty.label}，无法判断分值变动对名次的影响。"
        else:
            yield self.certainty.places[row].sentence
        yield self.margins[row].sentence
        yield self.gap_to_mean(district).sentence
        if not isinstance(self.swaps, Missing):
            yield from (swap.sentence for swap in self.swaps if district in (swap.above, swap.below))


def robustness(matrix: ScoreMatrix, profile: Profile, delta: Exact = TOLERANCE) -> Robustness:
    """How firm the ranking of a matrix's districts stands; districts that the profile excludes take no part."""
    taking_part = matrix.without(profile.exclude)
    return Robustness(
        matrix=taking_part,
        intervals=rank_intervals(taking_part),
        margins=grade_margins(taking_part, profile),
        certainty=rank_certainty(taking_part, delta),
        leave_one_out=leave_one_out(taking_part),
        swaps=swaps(taking_part),
        spread=spread_of(taking_part),
    )


def robustness_within(
    whole: Robustness, groups: Mapping[str, Sequence[str]], profile: Profile, delta: Exact = TOLERANCE
) -> dict[str, Robustness]:
    """How firm the ranks within each group of districts stand (each mode of evaluation), by the group's name.

    A group with nobody who takes part is left out.
    """
    parts = {name: whole.matrix.only(districts) for name, districts in groups.items()}
    return {name: robustness(part, profile, delta) for name, part in parts.items() if len(part)}
