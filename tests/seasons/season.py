"""A folder of self-evaluation forms as a season brings them, and the truth of every form and every planted error."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tests.evaluation.filled_forms import Form, write
from tests.seasons.errors import ALONE, KINDS, cells, plant, where
from tests.seasons.honest import STYLES, grade, honest
from tests.seasons.layouts import lay_out
from tests.seasons.pools import OFFICES

PLACES = (
    "东城片区",
    "西河镇",
    "南山街道",
    "北湖乡",
    "开发区",
    "河口镇",
    "青石乡",
    "新桥街道",
    "石门镇",
    "龙泉乡",
    "二期",
    "续建",
)
SUFFIXES = (".xlsx", ".xlsx", ".xls", ".docx")
YEAR = 2023


@dataclass(frozen=True)
class FormTruth:
    """One form as it was handed in: where it lies and what it prints; no score and no grade where it has no points."""

    file: str
    sheet: str
    project: str
    unit: str
    budget: Decimal | None
    spent: Decimal | None
    score: Decimal | None
    grade: str


@dataclass(frozen=True)
class Planted:
    """One error: its number among the kinds that reviewers report, where it stands and what it is."""

    kind: int
    file: str
    project: str
    cells: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Season:
    """The truth of a folder: its forms, the errors of one form, and those that several documents show."""

    folder: Path
    seed: int
    forms: tuple[FormTruth, ...]
    errors: tuple[Planted, ...]
    between: tuple[Planted, ...]
    entries: tuple[Entry, ...] = field(default=(), repr=False)


@dataclass
class Entry:
    """A form with the errors in it, before it lies in a file; `base` is the form without them."""

    base: Form
    form: Form
    unit: str
    planted: list[tuple[int, tuple[str, ...]]]
    file: str = ""
    sheet: str = ""

    def returned(self, kept: list[tuple[int, tuple[str, ...]]]) -> Entry:
        """Returns the form as it comes back: with the errors that are kept, all of them or none."""
        form = copy.deepcopy(self.form if kept else self.base)
        return Entry(copy.deepcopy(self.base), form, self.unit, list(kept))

    def truth(self) -> FormTruth:
        """Returns what the form prints."""
        form = self.form
        pointless = form.layout["style"] == "transfer"
        score = None if pointless else Decimal(str(form.total))
        budget, spent = (
            Decimal(str(v)) if isinstance(v, Decimal) else None for v in (form.whole[1], form.whole[2])
        )
        told = str(form.extra.get("grade", "")) or (grade(score) if score is not None else "")
        return FormTruth(self.file, self.sheet, form.project, self.unit, budget, spent, score, told)

    def errors(self) -> list[Planted]:
        """Returns the errors as they stand in the file."""
        return [
            Planted(kind, self.file, self.form.project, cells(self.form, marks, self.file),
                    f"{self.form.project}：{KINDS[kind][0]}{'，指标「' + name + '」' if (name := where(self.form, marks)) else ''}。")
            for kind, marks in self.planted
        ]  # fmt: skip


def make_season(seed: int, forms: int, folder: Path, *, error_rate: float) -> Season:
    """Writes a season of so many forms, an error or two in the share of them, and a list of the projects; returns its truth."""
    rng = random.Random(f"{seed} {forms}")
    entries = drawn(rng, forms)
    for entry in entries:
        if rng.random() < error_rate:
            put_errors(entry, rng, rng.choice((1, 1, 2)))
    equal = _all_equal(entries, rng)
    copied = _copied_words(entries, rng)
    hand_in(entries, folder, rng)
    between = [
        Planted(24, entry.file, entry.form.project, (), f"{entry.unit}的自评表全部满分，完成值恰为指标值。")
        for entry in equal
    ]
    between += [
        Planted(
            37, entry.file, entry.form.project, cells(entry.form, ("goal", "outcome"), entry.file), sentence
        )
        for entry, sentence in copied
    ]
    return Season(
        folder, seed, tuple(entry.truth() for entry in entries), tuple(error for entry in entries for error in entry.errors()),
        (*between, *_listed(entries, folder, rng)), tuple(entries),
    )  # fmt: skip


def drawn(rng: random.Random, forms: int) -> list[Entry]:
    """Returns honest forms of distinct projects; a unit keeps to one layout of its own mostly."""
    pairs = [
        (unit, project, place)
        for place in ("", *PLACES)
        for unit, some in OFFICES.items()
        for project in some
    ]
    if forms > len(pairs):
        raise ValueError(f"at most {len(pairs)} forms")
    kept = pairs[: max(forms, 22)]
    styles = {unit: rng.choice(("official", "official", "hubei-project")) for unit in OFFICES}
    entries = []
    for unit, project, place in rng.sample(kept, forms):
        style = styles[unit] if rng.random() < 0.75 else rng.choice(STYLES)
        base = honest(rng, unit, project, style, YEAR)
        base.project = f"{place}{project.name}" if place[-1:] != "期" else f"{project.name}（{place}）"
        lay_out(base)
        entries.append(Entry(base, base, unit, []))
    return entries


def put_errors(entry: Entry, rng: random.Random, count: int) -> None:
    """Plants so many errors that touch no cell of each other; the total last."""
    for kind in sorted(rng.sample(sorted(KINDS), len(KINDS))[: count * 4], key=lambda kind: kind in (5, 0)):
        if len(entry.planted) == count or (kind in ALONE and (entry.planted or count > 1)):
            continue
        made = plant(entry.form, kind, rng)
        if made is None:
            continue
        form, marks = made
        touched = {mark for _, marks in entry.planted for mark in marks}
        lines = {mark.split("/")[0] for mark in touched}
        if touched & set(marks) or lines & {mark.split("/")[0] for mark in marks} or (touched and kind == 36):
            continue
        entry.form = form
        entry.planted.append((kind, marks))


def _all_equal(entries: list[Entry], rng: random.Random) -> list[Entry]:
    """Makes all forms of one unit full marks and all values their targets; returns them where there are two or more with points."""
    unit = rng.choice(sorted({entry.unit for entry in entries}))
    some = [entry for entry in entries if entry.unit == unit]
    if len(some) < 2 or any(entry.base.layout["style"] == "transfer" for entry in some):
        return []
    for entry in some:
        made = plant(entry.base, 24, rng)
        assert made
        entry.form, entry.planted = made[0], [(24, made[1])]
    return some


def _copied_words(entries: list[Entry], rng: random.Random) -> list[tuple[Entry, str]]:
    """Puts the words of another unit's goals into some forms; returns them with what was done."""
    made = []
    free = [entry for entry in entries if not entry.planted]
    for entry in rng.sample(free, min(len(free) // 12, 6)):
        others = [
            other
            for other in free
            if other.unit != entry.unit and len(other.form.goal[0]) >= 24 and other.form is other.base
        ]
        if not others or entry.form is not entry.base:
            continue
        other = rng.choice(others)
        entry.form = lay_out(_with_goal(entry.form, other.form.goal))
        made.append((entry, f"{entry.form.project}的总体目标照抄{other.form.project}。"))
    return made


def _with_goal(form: Form, goal: tuple[str, str]) -> Form:
    changed = Form(**form.__dict__)
    changed.goal = goal
    return changed


def hand_in(entries: list[Entry], folder: Path, rng: random.Random) -> None:
    """Writes the forms: some units have a subfolder, some forms share a workbook, some units write their name otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    apart = set(rng.sample(list(OFFICES), 4))
    waiting = list(entries)
    number = 0
    while waiting:
        entry = waiting.pop(0)
        together = [entry]
        if rng.random() < 0.1:
            same = [other for other in waiting if other.unit == entry.unit][: rng.choice((1, 2))]
            together += same
            waiting = [other for other in waiting if not any(other is each for each in same)]
        number += 1
        suffix = rng.choice(SUFFIXES if len(together) == 1 else SUFFIXES[:3])
        name = entry.form.project if len(together) == 1 else f"{entry.unit}自评表汇编{number}"
        file = (
            f"{entry.unit}/" * (entry.unit in apart)
            + rng.choice((f"{name}", f"{number:03d} {name}自评表", f"附件1-{name}"))
            + suffix
        )
        (folder / file).parent.mkdir(exist_ok=True)
        for k, each in enumerate(together):
            each.file, each.sheet = file, "表1" if suffix == ".docx" else f"自评{k + 1}"
            each.form.unit = spelled(each.unit, rng)
            lay_out(each.form)
        write(folder / file, [each.form for each in together], [each.sheet for each in together])


def spelled(unit: str, rng: random.Random) -> str:
    """Returns the name of a unit as it is, or with a code, a blank or a stamp."""
    return rng.choice(
        (*[unit] * 5, f"{unit} ", f"101001 {unit}", f"{unit}（101001）", f"{unit[:2]} {unit[2:]}")
    )


def _listed(entries: list[Entry], folder: Path, rng: random.Random) -> list[Planted]:
    """Writes the list of projects; returns what does not agree with the forms: missing, unknown, twice, another budget."""
    free = rng.sample(entries, len(entries))
    few = max(1, len(entries) // 20)
    unknown, twice, other = free[:few], free[few : few + 1], free[few + 1 : 2 * few + 1]
    errors = [Planted(43, e.file, e.form.project, (), f"{e.form.project}不在项目清单中。") for e in unknown]
    for entry in twice:
        again = Path(entry.file).with_name(f"{entry.form.project}（再次报送）.xlsx").as_posix()
        write(folder / again, [entry.form])
        errors.append(
            Planted(
                43, again, entry.form.project, (), f"{entry.form.project}报送两次：{entry.file}、{again}。"
            )
        )
    rows: list[tuple[str, str, str, Decimal]] = []
    for entry in entries:
        budget = entry.base.whole[1]
        assert isinstance(budget, Decimal)
        if any(entry is each for each in other):
            budget += rng.choice((12, 50))
            errors.append(
                Planted(
                    43,
                    entry.file,
                    entry.form.project,
                    (),
                    f"{entry.form.project}的预算数与清单不同，清单为{budget}万元。",
                )
            )
        if not any(entry is each for each in unknown):
            rows.append((entry.unit, str(entry.base.extra["implementer"]), entry.form.project, budget))
    for k in range(few):
        unit = rng.choice(list(OFFICES))
        name = f"{rng.choice(('档案数字化', '法律援助', '信访维稳', '人才引进', '应急物资储备'))}专项{k + 1}"
        rows.append((unit, unit.removeprefix("市") + "服务中心", name, Decimal(rng.randint(20, 300))))
        errors.append(Planted(43, "", name, (), f"{name}没有报送自评表。"))
    rng.shuffle(rows)
    with xlsxwriter.Workbook(str(folder / "项目清单.xlsx")) as book:
        sheet = book.add_worksheet("项目清单")
        sheet.write_row(0, 0, ["序号", "主管部门", "项目单位", "项目名称", "预算数（万元）"])
        for n, (unit, implementer, project, budget) in enumerate(rows, 1):
            sheet.write_row(n, 0, [n, unit, implementer, project, float(budget)])
    return errors
