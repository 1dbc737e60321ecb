"""Where figures do not agree: which single one, if changed, would make all the others agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from wenxiao.evaluation.audit.constraint import Agreement, common_room, counted
from wenxiao.evaluation.audit.line_sum import LineSum, lines_of
from wenxiao.model import CellRef, Finding, Given, Interval, half_up, interval_of, quantity_text, value_of
from wenxiao.model.quantity import Quantity
from wenxiao.model.units import RATIO

_RATE_PLACES = 4


@dataclass(frozen=True, eq=False)
class Suspect:
    """One figure that, changed to `text`, would make everything agree; `cells` are all the places it is printed in."""

    figure: Given
    cells: tuple[CellRef, ...]
    text: str


def findings_of(
    agreements: Iterable[Agreement],
    limits: Mapping[CellRef, Interval] | None = None,
    unread: Mapping[tuple[str, str], str] | None = None,
) -> list[Finding]:
    """A finding for every broken agreement, with the figure that explains it where only one does.

    One figure printed in several places with one and the same recomputation is one finding. `limits` are the values that
    some figures can have at all (a score between 0 and its 分值), `unread` the ranges of figures by sheet that no table
    holds: beside them nothing is certain, since what is lacking may stand there.
    """
    every = list(agreements)
    broken: dict[tuple[object, ...], list[Agreement]] = defaultdict(list)
    for agreement in every:
        if not agreement.holds:
            broken[_identity(agreement)].append(agreement)
    if not broken:
        return []
    groups = list(broken.values())
    web = _Web(every, groups)
    return [_finding(group, suspects(group, web, limits or {}), unread or {}) for group in groups]


def _identity(agreement: Agreement) -> tuple[object, ...]:
    assert agreement.printed.quantity is not None
    inputs = frozenset(cell for cell in agreement.cells if cell != agreement.printed.cell)
    return agreement.printed.quantity.value, inputs


class _Web:
    """Which agreements a cell takes part in, and which broken groups; sums along lines are only looked at when asked for."""

    def __init__(self, every: list[Agreement], groups: list[list[Agreement]]) -> None:
        self._by_cell: dict[CellRef, list[Agreement]] = defaultdict(list)
        self._by_line: dict[tuple[str, str, str, int], list[LineSum]] = defaultdict(list)
        for each in every:
            if isinstance(each, LineSum):
                self._by_line[each.line].append(each)
            else:
                for cell in each.cells:
                    self._by_cell[cell].append(each)
        self._groups: dict[CellRef, dict[int, list[Agreement]]] = defaultdict(dict)
        for index, group in enumerate(groups):
            for each in group:
                for cell in each.cells:
                    self._groups[cell][index] = group

    def touching(self, cell: CellRef) -> list[Agreement]:
        """Every agreement the figure in a cell takes part in."""
        lines = (each for key in lines_of(cell) for each in self._by_line.get(key, ()) if cell in each.spots)
        return [*self._by_cell.get(cell, ()), *lines]

    def connected(self, cells: Iterable[CellRef]) -> list[Agreement]:
        """The broken agreements that share a cell with these."""
        found: dict[int, list[Agreement]] = {}
        for cell in cells:
            found |= self._groups.get(cell, {})
        return [each for index in sorted(found) for each in found[index]]


def suspects(group: list[Agreement], web: _Web, limits: Mapping[CellRef, Interval]) -> list[Suspect]:
    """Every figure of a broken agreement that alone could be wrong; the printed one first.

    A figure that would have to take a value it cannot have (a part of a household, a score above its 分值) is none of them.
    """
    printed = frozenset(c.printed.cell for c in group if c.printed.cell is not None)
    cells = dict.fromkeys(cell for c in group for cell in c.cells)
    connected = [frozenset(each.cells) for each in web.connected(cells)]
    candidates = [(printed, group[0].printed)]
    candidates += [(frozenset({g.cell}), g) for g in group[0].figures[1:] if g.cell is not None]
    lists = frozenset[CellRef]().union(
        *(counted(each.computed) for each in group if not isinstance(each, LineSum))
    )
    found: list[Suspect] = []
    doubted: list[Suspect] = []
    for spots, figure in candidates:
        if figure.quantity is None or not all(not spots.isdisjoint(each) for each in connected):
            continue
        touched = dict.fromkeys(each for spot in spots for each in web.touching(spot))
        room = common_room(touched, spots)
        open_list = not spots.isdisjoint(lists)
        if open_list or (
            room is not None and _possible(room, figure.quantity, (limits.get(spot) for spot in spots))
        ):
            found.append(
                Suspect(
                    figure,
                    tuple(sorted(spots)),
                    "" if open_list or room is None else _value_in(room, figure.quantity),
                )
            )
        elif sum(each.holds for each in touched) < len(printed):
            doubted.append(Suspect(figure, tuple(sorted(spots)), ""))
    # What stands in several places is only called wrong against a figure that at least as many others uphold; a doubt
    # alone explains nothing.
    return [*found, *doubted] if found and len(printed) > 1 else found


def _possible(room: Interval, quantity: Quantity, limits: Iterable[Interval | None]) -> bool:
    """Whether some value of the room can be printed with the figure's places and is one the figure can have."""
    low, high = room.low, room.high
    if (not quantity.unit.below_nothing or quantity.unit == RATIO) and quantity.value >= 0:
        low = max(low, Fraction(0)) if low is not None else Fraction(0)
    for limit in limits:
        if limit is not None and limit.low is not None and limit.high is not None:
            low = limit.low if low is None else max(low, limit.low)
            high = limit.high if high is None else min(high, limit.high)
    if low is None or high is None:
        return True
    unit = Fraction(10) ** -quantity.places
    return floor(high / unit) >= ceil(low / unit)


def _value_in(room: Interval, quantity: Quantity) -> str:
    """The value to put in place, at the figure's own precision; '' where the room leaves it open."""
    if room.low is None or room.high is None:
        return ""
    middle: Fraction = (room.low + room.high) / 2
    return quantity_text(half_up(middle, quantity.places), quantity.unit, quantity.places)


def _finding(
    group: list[Agreement], suspected: list[Suspect], unread: Mapping[tuple[str, str], str]
) -> Finding:
    first = group[0]
    beside = next((unread[at] for cell in first.cells if (at := (cell.file, cell.sheet)) in unread), "")
    quantity, value = first.printed.quantity, value_of(first.computed)
    assert quantity is not None
    assert isinstance(value, Fraction)
    # 100% beside 25.5% is not told as 26%: a rate keeps two decimals where the printed places do not show it.
    exact = half_up(value, quantity.places) == value or quantity.unit != RATIO
    places = quantity.places if exact else max(quantity.places, _RATE_PLACES)
    recomputed = quantity_text(half_up(value, places), quantity.unit, places)
    # Not str.format: the sentence quotes names from cells, and those may hold braces.
    sentence = first.sentence.replace("{printed}", quantity.text).replace("{recomputed}", recomputed)
    severity = min(c.severity for c in group)
    return Finding(
        code=first.code,
        severity=severity,
        subject=first.subject,
        message=sentence + _verdict(first, suspected, beside),
        printed=quantity.text,
        recomputed=recomputed,
        tolerance=_tolerance(quantity, interval_of(first.computed)),
        cells=tuple(dict.fromkeys(cell for c in group for cell in c.cells)),
        about=tuple(dict.fromkeys(key for c in group for key in c.about)),
        remedy=first.remedy,
        suspects=suspected[0].cells if len(suspected) == 1 and not beside else (),
    )


def _verdict(constraint: Agreement, suspected: list[Suspect], beside: str) -> str:
    if beside:
        return f"同一工作表的 {beside} 有未读入的数，可能与此有关，不能判断哪一个有误。"
    if not suspected:
        return "改动其中任何一个数都不能使各处相符，不能判断哪一个有误。"
    if len(suspected) > 1:
        labels = list(dict.fromkeys(s.figure.label for s in suspected))
        names, more = "、".join(labels[:4]), "等" if len(labels) > 4 else ""
        return f"{names}{more}都可能有误，仅凭现有数据不能判断。"
    suspect = suspected[0]
    if suspect.figure is constraint.printed:
        return f"其余各数相互印证，有误的应是{suspect.figure.label} {suspect.figure.text}。"
    put = f"，改为 {suspect.text} 则各处相符" if suspect.text else ""
    return f"有误的应是{suspect.figure.label} {suspect.figure.text}{put}。"


def _tolerance(printed: Quantity, recomputed: Interval | None) -> str:
    """What the printed precision allows between the two, as ±; empty where both are exact."""
    width = printed.interval.width or Fraction(0)
    if recomputed is not None and recomputed.width is not None:
        width += recomputed.width
    if width == 0:
        return ""
    places = max(printed.places, 0) + 1
    text = quantity_text(half_up(width / 2, places), printed.unit, places)
    return "±" + (text.removesuffix("%") + "个百分点" if text.endswith("%") else text)
