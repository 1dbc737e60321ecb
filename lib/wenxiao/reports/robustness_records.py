"""How firm a ranking stands, as `results.json` holds it: of the whole, or of one district without its peers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from wenxiao.evaluation.robustness import LeftOut, RankCertainty, Robustness, Spread, Swap
from wenxiao.model import Missing
from wenxiao.reports.figure_records import DecimalText, Record

_NULL_IF_MISSING = BeforeValidator(lambda value: None if isinstance(value, Missing) else value)

_MOVES = 20
_SWAPS = 200
"""Of thousands of districts so many are listed: those that move furthest, the pairs that the least shift turns round."""


class FirmPlaceRecord(Record):
    """A district's rank (1 + how many score more), and the ranks that remain possible.

    `best` to `worst` is what rounding of the printed totals leaves open; `weights_best` to `weights_worst` what any weights
    within ±`delta` of the declared ones do, null where only totals are known. `margin` is the signed distance in points to
    the nearest `cut_off`, `other_grade` the grade beyond it; `on_rounding` says that rounding may decide the grade.
    """

    district: str
    rank: int
    best: int
    worst: int
    weights_best: int | None
    weights_worst: int | None
    cut_off: DecimalText
    margin: DecimalText
    other_grade: str
    close: bool
    on_rounding: bool


class MoveRecord(Record):
    """A district whose rank changes."""

    district: str
    before: int
    after: int


class LeftOutRecord(Record):
    """The ranks without some indicators, the rest scaled up: how many change, the mean shift in places, and who moves.

    `moves` lists the district of a district's report, else those that move furthest, at most 20.
    """

    indicators: tuple[str, ...]
    weight: DecimalText
    changed: int
    mean_shift: DecimalText
    moves: tuple[MoveRecord, ...]


class SwapRecord(Record):
    """What turns two neighbours in the ranking round: `amount` points of weight from `giver` to `receiver`; the sentence.

    `amount` is null where no single move is enough; `dominated` says that no weights at all turn them round.
    """

    above: str
    below: str
    gap: DecimalText
    amount: DecimalText | None
    giver: str
    receiver: str
    dominated: bool
    sentence: str


class SpreadRecord(Record):
    """An indicator's share of the differences between totals beside its share of the weights; shares sum to 1."""

    path: tuple[str, ...]
    weight_share: DecimalText = Field(validation_alias="nominal")
    spread_share: DecimalText = Field(validation_alias="share")


class GapPartRecord(Record):
    """An indicator's part of a district's gap to the mean, in points: `difference` is `own` less `mean`."""

    path: tuple[str, ...]
    weight: DecimalText
    own: DecimalText
    mean: DecimalText = Field(validation_alias="other")
    difference: DecimalText


class ModeRecord(Record):
    """The places within one mode of evaluation (现场, 非现场)."""

    mode: str
    taking_part: int
    places: tuple[FirmPlaceRecord, ...]


class RobustnessRecord(Record):
    """How firm the ranking stands; exact, without sampling.

    `basis` is `indicators`, or `totals` where no more is known: then what needs scores by indicator is null. `delta` is how
    far every weight may move, as a share of itself (0.2 is ±20%). `certain_pairs` is the share of pairs whose order no such
    weights change. `pairs` counts the neighbours of which `swaps` lists those that the least shift turns round, at most 200.
    In a district's report `places`, `modes`, `moves` and `swaps` hold that district only, and `gap_to_mean` its own gap; in
    all others `gap_to_mean` is null.
    """

    basis: Literal["indicators", "totals"]
    delta: DecimalText
    taking_part: int
    certain_pairs: Annotated[DecimalText | None, _NULL_IF_MISSING]
    places: tuple[FirmPlaceRecord, ...]
    modes: tuple[ModeRecord, ...]
    leave_one_out: Annotated[tuple[LeftOutRecord, ...] | None, _NULL_IF_MISSING]
    pairs: int
    swaps: tuple[SwapRecord, ...] | None
    spread: tuple[SpreadRecord, ...] | None
    gap_to_mean: Annotated[tuple[GapPartRecord, ...] | None, _NULL_IF_MISSING]


def robustness_record(
    firm: Robustness, modes: Mapping[str, Robustness], delta: Fraction, district: str = ""
) -> RobustnessRecord:
    """The record of how firm a ranking stands, of all districts or of what concerns one."""
    left_out = firm.leave_one_out
    return RobustnessRecord(
        basis="indicators" if firm.matrix.detailed else "totals",
        delta=delta,
        taking_part=len(firm.matrix),
        certain_pairs=firm.certainty.certain_pairs if isinstance(firm.certainty, RankCertainty) else None,
        places=_places(firm, district),
        modes=tuple(
            ModeRecord(mode=mode, taking_part=len(each.matrix), places=_places(each, district))
            for mode, each in modes.items()
            if not district or district in each.matrix.districts
        ),
        leave_one_out=None
        if isinstance(left_out, Missing)
        else [_left_out(each, district) for each in left_out],
        pairs=max(len(firm.matrix) - 1, 0),
        swaps=None if isinstance(firm.swaps, Missing) else _swaps(firm.swaps, district),
        spread=firm.spread.parts if isinstance(firm.spread, Spread) else None,
        gap_to_mean=firm.gap_to_mean(district).parts if district in firm.matrix.districts else None,
    )


def _places(firm: Robustness, district: str) -> tuple[FirmPlaceRecord, ...]:
    certain = firm.certainty.places if isinstance(firm.certainty, RankCertainty) else None
    return tuple(
        FirmPlaceRecord(
            district=interval.district,
            rank=interval.rank,
            best=interval.best,
            worst=interval.worst,
            weights_best=certain[i].best if certain else None,
            weights_worst=certain[i].worst if certain else None,
            cut_off=margin.grade.cut_off,
            margin=margin.grade.margin,
            other_grade=margin.other,
            close=margin.grade.close,
            on_rounding=margin.on_rounding,
        )
        for i, (interval, margin) in enumerate(zip(firm.intervals, firm.margins, strict=True))
        if district in ("", interval.district)
    )


def _left_out(each: LeftOut, district: str) -> LeftOutRecord:
    return LeftOutRecord(
        indicators=each.names,
        weight=each.weight,
        changed=len(each.moves),
        mean_shift=each.mean_shift,
        moves=[move for move in each.moves if move.district == district] if district else each.moves[:_MOVES],
    )


def _swaps(swaps: tuple[Swap, ...], district: str) -> list[Swap]:
    """The pairs with a district; of all, those that the least shift turns round, in the order of the ranking."""
    if district:
        return [each for each in swaps if district in (each.above, each.below)]
    easiest = sorted(
        range(len(swaps)), key=lambda i: (swaps[i].amount is None, swaps[i].amount or Fraction(0), i)
    )
    return [swaps[i] for i in sorted(easiest[:_SWAPS])]
