"""Templates out: one workbook a county, with its name in it, and what stands in it before anybody fills it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from wenxiao.batch.run import is_safe
from wenxiao.collect.collection import Collection, form_digest
from wenxiao.collect.form import Form
from wenxiao.collect.roster import County, read_roster
from wenxiao.collect.template import write_template
from wenxiao.collect.template_checks import PASSED
from wenxiao.fields import Registry, standard_registry
from wenxiao.sheets.cells.texture import Cell, Texture, texture_of
from wenxiao.sheets.containers.opening import opened_here

PROJECT_MARK, COUNTY_MARK, FORM_MARK = "wenxiao-project", "wenxiao-county", "wenxiao-form"
"""The custom document properties by which a template that comes back is known, whatever it is called then."""
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class Sent:
    """What `send` did: the templates made, those that were there already and are the same, those made anew."""

    made: tuple[Path, ...]
    same: tuple[Path, ...]
    renewed: tuple[Path, ...]


def send(collection: Collection, registry: Registry | None = None) -> Sent:
    """One template workbook a county of the roster in `collect/sent`; one that is there and differs is made anew.

    ProjectError with all that is wrong in the roster, ProfileError in the form.
    """
    known = standard_registry() if registry is None else registry
    form, counties = collection.form(known), read_roster(collection.roster, known)
    made: dict[str, list[Path]] = {"made": [], "same": [], "renewed": []}
    with collection.alone():
        for county, name in file_names(counties).items():
            path = collection.sent / f"{name}.xlsx"
            content = county_template(form, county, collection.name, known)
            if path.is_file() and path.read_bytes() == content:
                made["same"].append(path)
                continue
            made["renewed" if path.exists() else "made"].append(path)
            collection.write(path, content)
    return Sent(*(tuple(made[key]) for key in ("made", "same", "renewed")))


def county_template(form: Form, county: County, project: str, registry: Registry) -> bytes:
    """The workbook that one county is to fill in (xlsx), the same each time."""
    given = (
        ("place", county.name),
        ("evaluation_mode", county.mode),
        ("implementer", county.unit),
        ("contact", county.contact),
        ("phone", county.phone),
    )
    marks = {PROJECT_MARK: project, COUNTY_MARK: county.name, FORM_MARK: form_digest(form)}
    rows = {"head": tuple((key, text) for key, text in given if text)}
    return write_template(form, registry, rows=rows, properties=marks)


def file_names(counties: Iterable[County]) -> Mapping[County, str]:
    """A name for a file or folder of each county: its own where every system allows it, none used twice."""
    names: dict[County, str] = {}
    for county in counties:
        plain = "".join(sign if sign.isprintable() else "_" for sign in county.name.translate(_UNSAFE))
        plain = plain.strip(". ")[:60] or "_"
        plain = plain if is_safe(plain) else f"_{plain}"
        name, number = plain, 2
        while name.casefold() in {other.casefold() for other in names.values()}:
            name, number = f"{plain}_{number}", number + 1
        names[county] = name
    return names


_CHECKED = PASSED[: PASSED.index("通过")]


@dataclass(frozen=True)
class TemplateText:
    """The texts of an empty template, and its rows."""

    words: frozenset[str]
    rows: frozenset[tuple[str, ...]]

    def has(self, row: Sequence[Cell], cell: Cell) -> bool:
        """Whether a cell is the template's own: its words, or a row that stands there just so (an example with figures)."""
        if not isinstance(cell, str):
            return False
        text = cell.strip()
        if texture_of(text) is Texture.TEXT and (text in self.words or text.startswith(_CHECKED)):
            return True
        return _filled(row) in self.rows


def template_text(form: Form, county: County, registry: Registry) -> TemplateText:
    """The texts of the template of a form as it went to a county."""
    return _template_text(form_digest(form), county, _Given(form, registry))


@dataclass(frozen=True)
class _Given:
    form: Form = field(compare=False)
    registry: Registry = field(compare=False)


@lru_cache(maxsize=4096)
def _template_text(digest: str, county: County, given: _Given) -> TemplateText:
    del digest  # what the form is known by
    grids = opened_here(county_template(given.form, county, "", given.registry), "样表.xlsx").grids
    rows = [row for grid in grids for row in grid.rows]
    words = {cell.strip() for row in rows for cell in row if isinstance(cell, str) and cell.strip()}
    return TemplateText(frozenset(words), frozenset(filled for row in rows if (filled := _filled(row))))


def _filled(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(str(cell).strip() for cell in row if str(cell).strip())
