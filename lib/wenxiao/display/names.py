"""What figures are called where they stand: by themselves, in a row of a sheet, in the formula of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from wenxiao.display.inline import cell_given
from wenxiao.model import Given, Measure, Named, words_of

_KEPT = 2
"""So many characters of a name stay when what names have in common is left out: where 数 and 率 are all that differs,
the rest is half a word."""
_AND = "、"


def title_of(figure: Measure | Given) -> str:
    """What a figure is called: its subject and label, or the label of its cell."""
    if isinstance(figure, Given):
        return figure.label
    return f"{figure.subject} · {figure.label}" if figure.subject else figure.label


def row_name(figures: Sequence[Measure | Given]) -> str:
    """Whose figures of one row of a sheet are, and what they are of; else which row of which sheet it is."""
    name, whose = row_prefix(figures), set(_owners(figures))
    owner = whose.pop() if len(whose) == 1 else ""
    if name:
        return name if not owner or owner in name or name in owner else f"{owner} · {name}"
    cell = next((given.cell for figure in figures for given in _givens(figure) if given.cell), None)
    return f"{owner or (cell.sheet if cell else '')}（原表第 {cell.row if cell else 0} 行）"


def row_prefix(figures: Sequence[Measure | Given]) -> str:
    """What the names of the cells of one row begin with: whose they are, where that is told; '' where nothing is."""
    names = [given.label for figure in figures for given in _givens(figure)]
    owner = min(_owners(figures), key=len, default="")
    if owner and len(names) > 1 and all(name.startswith(owner) and name != owner for name in names):
        return owner
    return names[0] if len(set(names)) == 1 else common(names)


def name_in_row(measure: Measure, row: str, prefix: str) -> str:
    """What a figure computed from a row is called beside the name of the row."""
    if measure.subject == row:
        return measure.label
    rest = measure.label.removeprefix(prefix)
    return rest if rest != measure.label and len(rest) >= _KEPT else title_of(measure)


def in_short(measure: Measure) -> str:
    """The formula of a measure without what the title says already.

    In 甲县 · 执行率 it is 支出 ÷ 预算, not 甲县支出 ÷ 甲县预算.
    """
    prefix = shared_name(measure)
    return words_of(measure.expression, lambda leaf: leaf.label.removeprefix(prefix))


def shared_name(measure: Measure) -> str:
    """What the names in a formula begin with and the title says: the subject, or the indicator of the label."""
    names: list[str] = []

    def heard(leaf: Given | Named) -> str:
        names.append(leaf.label)
        return ""

    words_of(measure.expression, heard)
    for told in (measure.subject, common(names)):
        rests = [name.removeprefix(told) for name in names if told and name.startswith(told)]
        said = told == measure.subject or measure.label.startswith(told)
        if said and names and len(rests) == len(names) and all(r and not r.startswith(_AND) for r in rests):
            return told
    return ""


def without(prefix: str, name: str) -> str:
    """A name without what all have in common; whole where it goes on to name others (甲镇、乙镇概算)."""
    rest = name.removeprefix(prefix)
    return name if rest.startswith(_AND) else rest


def common(names: Iterable[str]) -> str:
    """What several names begin with; '' where that is one character, or leaves less than two of a name.

    >>> common(["甲县支出", "甲县预算"]), common(["实际完成数", "实际完成率"]), common(["支出", "预算"])
    ('甲县', '', '')
    """
    known = list(dict.fromkeys(names))
    same = takewhile(lambda chars: len(set(chars)) == 1, zip(*known, strict=False))
    shared = "".join(chars[0] for chars in same)
    told = len(known) > 1 and len(shared) >= _KEPT and all(len(name) >= len(shared) + _KEPT for name in known)
    return shared if told else ""


def _givens(figure: Measure | Given) -> tuple[Given, ...]:
    return figure.inputs if isinstance(figure, Measure) else (figure,)


def _owners(figures: Sequence[Measure | Given]) -> list[str]:
    """Whose the figures are that stand in a row, or, where none does, those computed from it."""
    standing = [figure for figure in figures if cell_given(figure) is not None] or figures
    return [figure.subject for figure in standing if isinstance(figure, Measure) and figure.subject]
