"""Coverage of a season: the forms held against the list of projects, and projects that were handed in more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction

from wenxiao.fields.wording import tidy
from wenxiao.model import CellRef, Finding, Given, Quantity, Severity
from wenxiao.season.form import FilledForm, unit_key

_ALIKE = 0.75
"""From so much agreement of two names on, one may be the other misspelt."""


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A line of a list of projects: the project, its unit, its cell, budget and score where the list has them."""

    name: str
    unit: str
    cell: CellRef
    budget: Given | None = None
    score: Given | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By what lines and forms are told to be of one project."""
        return unit_key(self.unit), tidy(self.name)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a list of projects and the forms handed in say of each other.

    `matched` are lines with the forms of their project, `missing` lines without one, `unknown` forms that no line has,
    `near` pairs of a missing line and an unknown form whose names are alike: proposed, not decided. `repeated` are the forms of
    each project that was handed in more than once, list or no list, `doubled` forms of one name and one amount from several
    units, of which nobody decided whether they are one project. `lines` is empty where no list was given.
    """

    lines: tuple[ListedProject, ...]
    matched: tuple[tuple[ListedProject, tuple[FilledForm, ...]], ...]
    missing: tuple[ListedProject, ...]
    unknown: tuple[FilledForm, ...]
    near: tuple[tuple[ListedProject, FilledForm], ...]
    repeated: tuple[tuple[FilledForm, ...], ...]
    doubled: tuple[tuple[FilledForm, ...], ...]
    findings: tuple[Finding, ...]

    @property
    def share(self) -> Fraction | None:
        """The share of the listed projects that were handed in; None without a list."""
        return Fraction(len(self.matched), len(self.lines)) if self.lines else None


def coverage_of(forms: Sequence[FilledForm], listed: Sequence[ListedProject]) -> Coverage:
    """The coverage of a season. A list that gives scores (汇总表) is held against the forms' scores instead, where another gives none."""
    plain = [line for line in listed if line.score is None or line.score.quantity is None]
    lines = tuple({line.key: line for line in reversed(plain or listed)}.values())[::-1]
    matched, missing, rest = _matched(lines, forms)
    unknown = tuple(form for form in rest if lines and not form.whole)
    near = tuple(_near(missing, unknown))
    repeated, doubled = _repeated(forms), _doubled(forms)
    scored = [line for line in listed if line.score is not None and line.score.quantity is not None]
    found = (
        *_missing(missing, near),
        *_unknown(unknown, near),
        *_twice(repeated),
        *_perhaps_twice(doubled),
        *_listed_otherwise(plain or listed),
        *_budgets(matched),
        *_scores(_matched(scored, forms)[0]),
    )
    return Coverage(lines, matched, missing, unknown, near, repeated, doubled, found)


Matched = tuple[tuple[ListedProject, tuple[FilledForm, ...]], ...]


def _matched(
    lines: Sequence[ListedProject], forms: Sequence[FilledForm]
) -> tuple[Matched, tuple[ListedProject, ...], tuple[FilledForm, ...]]:
    """The lines with their forms by unit and name, else by a name that only one line has; lines and forms that are left."""
    by_key: dict[tuple[str, str], list[FilledForm]] = defaultdict(list)
    for form in forms:
        by_key[form.key].append(form)
    found = {line.key: by_key.pop(line.key, []) for line in lines}
    named: dict[str, list[ListedProject]] = defaultdict(list)
    for line in lines:
        named[tidy(line.name)].append(line)
    for (unit, name), own in list(by_key.items()):
        like = [line for line in named[name] if not found[line.key] or not unit]
        if len(like) == 1:
            found[like[0].key] += own
            del by_key[(unit, name)]
    matched = tuple((line, tuple(found[line.key])) for line in lines if found[line.key])
    missing = tuple(line for line in lines if not found[line.key])
    left = {id(form) for own in by_key.values() for form in own}
    return matched, missing, tuple(form for form in forms if id(form) in left)


def _near(
    missing: Sequence[ListedProject], forms: Sequence[FilledForm]
) -> Iterator[tuple[ListedProject, FilledForm]]:
    """Lines and forms whose names are alike, where each is the only one for the other."""
    pairs = [
        (line, form)
        for line in missing
        for form in forms
        if SequenceMatcher(None, tidy(line.name), tidy(form.title), autojunk=False).ratio() >= _ALIKE
    ]
    for line, form in pairs:
        if sum(a is line for a, _ in pairs) == 1 and sum(b is form for _, b in pairs) == 1:
            yield line, form


def _repeated(forms: Sequence[FilledForm]) -> tuple[tuple[FilledForm, ...], ...]:
    by_key: dict[tuple[str, str], list[FilledForm]] = defaultdict(list)
    for form in forms:
        if form.named:
            by_key[form.key].append(form)
    return tuple(tuple(each) for each in by_key.values() if len(each) > 1)


def _doubled(forms: Sequence[FilledForm]) -> tuple[tuple[FilledForm, ...], ...]:
    """The forms of one name, budget and spending that several units handed in."""
    found: dict[tuple[str, ...], list[FilledForm]] = defaultdict(list)
    for form in forms:
        if form.named and form.rate is not None:
            amounts = (form.amounts[key].text for key in ("budget", "spent"))
            found[(tidy(form.title), *amounts)].append(form)
    return tuple(tuple(each) for each in found.values() if len({form.key for form in each}) > 1)


def _perhaps_twice(doubled: Iterable[Sequence[FilledForm]]) -> Iterator[Finding]:
    for forms in doubled:
        yield Finding(
            "season-perhaps-twice",
            Severity.WARNING,
            forms[0].title,
            f"{'、'.join(f'{_of(f.unit)}（{f.path}）' for f in forms)}的“{forms[0].title}”名称和金额相同，是否同一项目未认定，"
            "汇总各计一份。",
            cells=tuple(form.place for form in forms),
            remedy="是同一项目的留下一份，或补填主管部门；不是的核对金额",
        )


def _listed_otherwise(lines: Iterable[ListedProject]) -> Iterator[Finding]:
    """One project that the list has several times with other budgets: it is held against the first."""
    found: dict[tuple[str, str], list[ListedProject]] = defaultdict(list)
    for line in lines:
        found[line.key].append(line)
    for same in found.values():
        budgets = dict.fromkeys(line.budget.text for line in same if line.budget)
        if len(budgets) > 1:
            yield Finding(
                "season-list-differs",
                Severity.WARNING,
                same[0].name,
                f"清单中{_of(same[0].unit)}的“{same[0].name}”列了 {len(same)} 次，预算为 {'、'.join(budgets)}，核对用第一个。",
                printed="、".join(budgets),
                cells=tuple(line.cell for line in same),
                remedy="清单中一个项目只列一次",
            )


def _missing(
    missing: Sequence[ListedProject], near: Sequence[tuple[ListedProject, FilledForm]]
) -> Iterator[Finding]:
    like = {id(line): form for line, form in near}
    for line in missing:
        form = like.get(id(line))
        said = f"；{form.path} 的“{form.title}”名称相近，是否同一项目未认定" if form else ""
        yield Finding(
            "season-missing",
            Severity.WARNING,
            line.name,
            f"清单中{_of(line.unit)}的“{line.name}”没有自评表{said}。",
            printed="清单列有",
            recomputed="没有自评表",
            cells=(line.cell, *((form.place,) if form else ())),
            remedy="催报自评表，或更正清单、表中的项目名称",
        )


def _unknown(
    forms: Sequence[FilledForm], near: Sequence[tuple[ListedProject, FilledForm]]
) -> Iterator[Finding]:
    known = {id(form) for _, form in near}
    for form in forms:
        if id(form) not in known:
            yield Finding(
                "season-unknown",
                Severity.WARNING,
                form.title,
                f"{form.path}：{_of(form.unit)}的“{form.title}”不在项目清单中。",
                cells=(form.place,),
                remedy="核对项目名称，或补入清单",
            )


def _twice(repeated: Iterable[Sequence[FilledForm]]) -> Iterator[Finding]:
    for forms in repeated:
        same = alike(forms)
        yield Finding(
            "season-twice",
            Severity.HINT if same else Severity.WARNING,
            forms[0].title,
            f"{_of(forms[0].unit)}的“{forms[0].title}”交了 {len(forms)} 份自评表（{'、'.join(f.path for f in forms)}），"
            + (
                "金额和得分相同，汇总只计一份。" if same else "金额或得分不同，该项目不计入汇总的金额和得分。"
            ),
            cells=tuple(form.place for form in forms),
            remedy="留下应采用的一份，其余移出文件夹",
        )


def alike(forms: Sequence[FilledForm]) -> bool:
    """Whether forms of one project give the same amounts and the same score."""
    return len({(form.claimed.text, *(given.text for given in form.amounts.values())) for form in forms}) == 1


def _budgets(matched: Matched) -> Iterator[Finding]:
    """The budget of the list against that of the form: the year's, or the initial one where the list may mean that."""
    for line, forms in matched:
        said = line.budget.quantity if line.budget else None
        for form in forms:
            own = [given for key in ("budget", "initial_budget") if (given := form.amounts[key]).quantity]
            if said is None or not own or any(_meet(given, said) for given in own):
                continue
            cells = (own[0].cell, line.budget.cell if line.budget else None)
            yield Finding(
                "season-budget-differs",
                Severity.WARNING,
                form.title,
                f"{_of(form.unit)}的“{form.title}”，清单所列预算 {said.text}，自评表{own[0].label} {own[0].text}。",
                printed=own[0].text,
                recomputed=said.text,
                cells=tuple(cell for cell in cells if cell is not None),
                remedy="核对预算批复，更正其中一个",
            )


def _meet(given: Given, said: Quantity) -> bool:
    """Whether two printed figures can be one; figures of different kinds are not held against each other."""
    own = given.quantity
    if own is None or own.unit.dimension != said.unit.dimension:
        return True
    return said.interval.meets(own.to(said.unit).interval)


def _scores(matched: Matched) -> Iterator[Finding]:
    for line, forms in matched:
        said = line.score.quantity if line.score else None
        for form in forms:
            own = form.claimed.quantity
            if said is None or own is None or _meet(form.claimed, said):
                continue
            cells = (line.score.cell if line.score else None, form.claimed.cell)
            yield Finding(
                "season-score-differs",
                Severity.WARNING,
                form.title,
                f"{_of(form.unit)}的“{form.title}”，汇总表所列得分 {said.text}，自评表 {own.text}。",
                printed=said.text,
                recomputed=own.text,
                cells=tuple(cell for cell in cells if cell is not None),
                remedy="核对后更正其中一个",
            )


def _of(unit: str) -> str:
    return unit or "单位未提供"
