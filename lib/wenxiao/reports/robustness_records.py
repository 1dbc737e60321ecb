"""How firm a ranking stands, as `results.json` holds it: of the whole, or of one district without its peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from wenxiao.evaluation.robustness import (
    GapPart,
    LeftOut,
    Move,
    RankCertainty,
    Robustness,
    Spread,
    Swap,
)
from wenxiao.model import Missing, decimal_text
from wenxiao.reports.figure_records import DecimalText, Record

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
    weight_share: DecimalText
    spread_share: DecimalText


class GapPartRecord(Record):
    """An indicator's part of a district's gap to the mean, in points: `difference` is `own` less `mean`."""

    path: tuple[str, ...]
    weight: DecimalText
    own: DecimalText
    mean: DecimalText
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
    certain_pairs: DecimalText | None
    places: tuple[FirmPlaceRecord, ...]
    modes: tuple[ModeRecord, ...]
    leave_one_out: tuple[LeftOutRecord, ...] | None
    pairs: int
    swaps: tuple[SwapRecord, ...] | None
    spread: tuple[SpreadRecord, ...] | None
    gap_to_mean: tuple[GapPartRecord, ...] | None


def robustness_record(
    firm: Robustness, modes: Mapping[str, Robustness], delta: Fraction, district: str = ""
) -> RobustnessRecord:
    """The record of how firm a ranking stands, of all districts or of what concerns one."""
    certain = firm.certainty if isinstance(firm.certainty, RankCertainty) else None
    share = certain.certain_pairs if certain else Missing.NOT_PROVIDED
    gap = firm.gap_to_mean(district).parts if district in firm.matrix.districts else Missing.NOT_APPLICABLE
    return RobustnessRecord(
        basis="indicators" if firm.matrix.detailed else "totals",
        delta=decimal_text(delta),
        taking_part=len(firm.matrix),
        certain_pairs=None if isinstance(share, Missing) else decimal_text(share),
        places=_places(firm, district),
        modes=tuple(
            ModeRecord(mode=mode, taking_part=len(each.matrix), places=_places(each, district))
            for mode, each in modes.items()
            if not district or district in each.matrix.districts
        ),
        leave_one_out=None
        if isinstance(firm.leave_one_out, Missing)
        else tuple(_left_out(each, district) for each in firm.leave_one_out),
        pairs=max(len(firm.matrix) - 1, 0),
        swaps=None if isinstance(firm.swaps, Missing) else _swaps(firm.swaps, district),
        spread=tuple(
            SpreadRecord(
                path=part.path, weight_share=decimal_text(part.nominal), spread_share=decimal_text(part.share)
            )
            for part in firm.spread.parts
        )
        if isinstance(firm.spread, Spread)
        else None,
        gap_to_mean=None if isinstance(gap, Missing) else tuple(_part(part) for part in gap),
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
            cut_off=decimal_text(margin.grade.cut_off),
            margin=decimal_text(margin.grade.margin),
            other_grade=margin.other,
            close=margin.grade.close,
            on_rounding=margin.on_rounding,
        )
        for i, (interval, margin) in enumerate(zip(firm.intervals, firm.margins, strict=True))
        if district in ("", interval.district)
    )


def _left_out(each: LeftOut, district: str) -> LeftOutRecord:
    moves: Iterable[Move] = each.moves[:_MOVES]
    if district:
        moves = (move for move in each.moves if move.district == district)
    return LeftOutRecord(
        indicators=each.names,
        weight=decimal_text(each.weight),
        changed=len(each.moves),
        mean_shift=decimal_text(each.mean_shift),
        moves=tuple(
            MoveRecord(district=move.district, before=move.before, after=move.after) for move in moves
        ),
    )


def _swaps(swaps: tuple[Swap, ...], district: str) -> tuple[SwapRecord, ...]:
    """The pairs with a district; of all, those that the least shift turns round, in the order of the ranking."""
    if district:
        chosen = [each for each in swaps if district in (each.above, each.below)]
    else:
        easiest = sorted(
            range(len(swaps)), key=lambda i: (swaps[i].amount is None, swaps[i].amount or Fraction(0), i)
        )
        chosen = [swaps[i] for i in sorted(easiest[:_SWAPS])]
    return tuple(
        SwapRecord(
            above=each.above,
            below=each.below,
            gap=decimal_text(each.gap),
            amount=None if each.amount is None else decimal_text(each.amount),
            giver=each.giver,
            receiver=each.receiver,
            dominated=each.dominated,
            sentence=each.sentence,
        )
        for each in chosen
    )


def _part(part: GapPart) -> GapPartRecord:
    return GapPartRecord(
        path=part.path,
        weight=decimal_text(part.weight),
        own=decimal_text(part.own),
        mean=decimal_text(part.other),
        difference=decimal_text(part.difference),
    )
