"""Many returned forms through `wenxiao collect`, a city of ten at a time, and what became of every number in them."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wenxiao.collect import Collection, Form, load_form, merge, receive, status, write_chase_list
from wenxiao.collect.roster import County
from wenxiao.collect.sending import county_template
from wenxiao.fields import Registry, standard_registry

from .figure import Written
from .law import AGAINST, Listed, Merged, Verdict, verdicts
from .returned import Returned, returned

COUNTIES = (
    "甲子县",
    "乙丑县",
    "丙寅县",
    "丁卯县",
    "戊辰县",
    "己巳县",
    "庚午县",
    "辛未县",
    "壬申县",
    "癸酉县",
)
BATCH = len(COUNTIES)
_FORMULA = re.compile(rb"<f[^>]*>[^<]*(?:cmd|HYPERLINK|1\+1|jndi|7\*7|DROP)")
_LINK = re.compile(rb"example\.invalid[^<]*TargetMode")


@dataclass
class Account:
    """What became of the numbers of some forms."""

    seeds: list[int] = field(default_factory=list)
    forms: int = 0
    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    against: list[str] = field(default_factory=list)

    def add(self, other: Account) -> None:
        """Takes another account in."""
        self.seeds += other.seeds
        self.forms += other.forms
        self.files += other.files
        self.outcomes += other.outcomes
        self.reasons += other.reasons
        self.done += other.done
        self.against += other.against


def city_of(first: int, folder: Path) -> Account:
    """What becomes of the numbers of ten counties whose forms have the seeds from `first` on, collected in the new `folder`."""
    registry = standard_registry()
    form = load_form("county", registry)
    collection = Collection(folder)
    collection.folder.mkdir(parents=True)
    lines = ["县区,填报单位,评价方式", *(f"{county},{county}住建局,现场" for county in COUNTIES)]
    collection.roster.with_name("roster.csv").write_text("\n".join(lines), encoding="utf-8")
    files = _laid_down(first, collection, form, registry)
    account = Account(list(range(first, first + BATCH)), BATCH, len(files))
    account.done.update(done for each in files for done in each.done)
    receive(collection)
    merged = merge(collection)
    write_chase_list(collection, status(collection))
    values = {
        (value.file, value.sheet, value.cell): Merged(
            value.number, value.unit, value.raw, value.kind, value.key
        )
        for value in merged.values
    }
    listed = [Listed(line.file, line.sheet, line.cell, line.reason) for line in merged.unread]
    known = {entry.file: entry.file for entry in merged.register.entries}
    known |= {also: entry.file for entry in merged.register.entries for also in entry.also}
    numbers = [_as_registered(number, known) for each in files for number in each.written]
    for verdict in verdicts(numbers, values, listed):
        account.outcomes[verdict.outcome] += 1
        if verdict.outcome in AGAINST:
            account.against.append(_sentence(first, verdict))
        elif verdict.why:
            account.reasons[
                re.sub(r"[（(].*|：.*", "", verdict.why) if verdict.outcome == "listed" else verdict.outcome
            ] += 1
    account.against += [
        f"seed {first}+: {each.name} is not registered" for each in files if each.name not in known
    ]
    account.against += [f"seed {first}+: {said}" for said in _live(collection)]
    return account


def _laid_down(first: int, collection: Collection, form: Form, registry: Registry) -> list[Returned]:
    """The forms of ten counties as files in the folder of what came back."""
    laid: dict[str, Returned] = {}
    for number, county in enumerate(COUNTIES):
        template = county_template(form, County(county), "某市", registry)
        for each in returned(first + number, template, form, registry, county):
            name = each.name
            while any(name.casefold() == other.casefold() for other in laid):
                name = f"再收/{name}"
            written = tuple(Written(name, w.sheet, w.cell, w.text, w.figure) for w in each.written)
            path = collection.returned / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.data)
            laid[name] = Returned(name, each.data, each.county, each.done, written, each.readable)
    return list(laid.values())


def _as_registered(number: Written, known: dict[str, str]) -> Written:
    """The number under the name by which its file is registered: the same bytes are one return.

    A text file or a web page has no names of sheets: they are those of the file.
    """
    file = known.get(number.file, number.file)
    old, new = PurePosixPath(number.file).stem, PurePosixPath(file).stem
    sheet = new + number.sheet.removeprefix(old) if number.sheet.startswith(old) else number.sheet
    return Written(file, sheet, number.cell, number.text, number.figure)


def _sentence(first: int, verdict: Verdict) -> str:
    number = verdict.number
    at = f"{number.file}［{number.sheet}］{number.cell}"
    return f"seed {first}+: {verdict.outcome}: {at} “{number.text}” ({number.figure.place}) {verdict.why}"


def _live(collection: Collection) -> list[str]:
    """What in the files that were written would run or lead somewhere when they are opened."""
    found = []
    for path in (*collection.project.glob("*.xlsx"), *collection.folder.glob("*.xlsx")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                if _FORMULA.search(content):
                    found.append(f"{path.name} has a formula in {name}")
                if _LINK.search(content):
                    found.append(f"{path.name} has a link in {name}")
    with collection.tidy_csv.open(encoding="utf-8-sig", newline="") as file:
        cells = [
            cell
            for row in csv.reader(file)
            for cell in row
            if cell[:1] in ("=", "@", "+", "\t", "\r") and not cell[1:2].isdigit()
        ]
    return found + [f"{collection.tidy_csv.name} begins a cell with {cell[:30]!r}" for cell in cells[:3]]
