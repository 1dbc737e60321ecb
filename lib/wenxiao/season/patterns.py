"""What shows only where many forms are held side by side: full marks throughout, targets met to the digit, copied words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Severity
from wenxiao.season.form import FilledForm, unit_key

_WORDS = 15
"""From so many characters on, the same words in two forms are no accident."""
_SHOWN = 8
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
CONTRADICTIONS = ("done-without-spending", "spent-without-output")
"""Findings of one form that say that its money and its outputs contradict each other."""


def patterns_of(forms: Sequence[FilledForm]) -> Iterator[Finding]:
    """The findings across the forms of a season."""
    for code, some, what in (
        ("season-all-full", [form for form in forms if form.all_full], "各项指标都得满分"),
        ("season-all-equal", [form for form in forms if form.all_equal], "各项完成值都恰等于指标值"),
        ("season-contradictions", [form for form in forms if any(f.code in CONTRADICTIONS for f in form.open_findings)], "支出与产出相互矛盾"),
    ):  # fmt: skip
        if len(some) > 1:
            yield _group(code, forms, some, what)
    yield from _years(forms)
    yield from _copied(forms)


def _years(forms: Sequence[FilledForm]) -> Iterator[Finding]:
    """Forms of another year than most of the season's: of one form alone nobody can tell."""
    stated = [(form, match[0]) for form in forms if (match := _YEAR.search(form.year))]
    counts = Counter(year for _, year in stated)
    if not counts:
        return
    usual, times = counts.most_common(1)[0]
    if 2 * times <= len(stated):
        return
    for form, year in stated:
        if year != usual:
            yield Finding(
                "season-year-differs",
                Severity.WARNING,
                form.title,
                f"{form.path}：{form.unit or '单位未提供'}的“{form.title}”写明 {year} 年度，其他 {times} 份为 {usual} 年度。",
                printed=f"{year}年度",
                recomputed=f"{usual}年度",
                cells=(form.place,),
                remedy="核对年度，不是这一年的移出文件夹",
            )


def _group(code: str, forms: Sequence[FilledForm], some: Sequence[FilledForm], what: str) -> Finding:
    named = "、".join(f"{form.unit or '单位未提供'}“{form.title}”" for form in some[:_SHOWN])
    more = f"等 {len(some)} 份" if len(some) > _SHOWN else ""
    return Finding(
        code,
        Severity.HINT,
        what,
        f"{len(forms)} 份自评表中有 {len(some)} 份{what}：{named}{more}。",
        printed=f"{len(some)} 份",
        recomputed=f"共 {len(forms)} 份",
        cells=tuple(form.place for form in some[:_SHOWN]),
        remedy="列入抽查，核对佐证材料",
    )


def _copied(forms: Sequence[FilledForm]) -> Iterator[Finding]:
    """The same words on goals or results in forms of several projects: 警示 between units, 提示 within one."""
    said: dict[str, list[tuple[FilledForm, str]]] = defaultdict(list)
    for form in forms:
        for bare, text in _long(form):
            said[bare].append((form, text))
    groups: dict[tuple[int, ...], list[tuple[FilledForm, str]]] = {}
    for found in said.values():
        own = {id(form): (form, text) for form, text in found}
        if len({form.key for form, _ in own.values()}) > 1:
            groups.setdefault(tuple(own), list(own.values()))
    for found in groups.values():
        units = {unit_key(form.unit) for form, _ in found}
        listed = "、".join(f"{form.unit or '单位未提供'}“{form.title}”" for form, _ in found[:_SHOWN])
        more = f"等 {len(found)} 份" if len(found) > _SHOWN else ""
        yield Finding(
            "season-words-copied",
            Severity.WARNING if len(units) > 1 else Severity.HINT,
            "文字雷同",
            f"{listed}{more}的自评表文字相同：“{found[0][1][:40]}”。",
            printed=found[0][1][:80],
            cells=tuple(form.place for form, _ in found[:_SHOWN]),
            remedy="按各自项目的实际情况填写",
        )


def copied_words(forms: Sequence[FilledForm]) -> dict[str, tuple[str, ...]]:
    """The words of each form, by its path, that stand in a form of another project too; forms without any are left out."""
    holders: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for form in forms:
        for bare, _ in _long(form):
            holders[bare].add(form.key)
    found = {form.path: tuple(text for bare, text in _long(form) if len(holders[bare]) > 1) for form in forms}
    return {path: texts for path, texts in found.items() if texts}


def _long(form: FilledForm) -> Iterator[tuple[str, str]]:
    """What a form says of goals and results that is long enough to be told apart: its letters only, and as it stands."""
    for text in form.texts:
        bare = "".join(character for character in tidy(text) if character.isalnum())
        if len(bare) >= _WORDS:
            yield bare, text
