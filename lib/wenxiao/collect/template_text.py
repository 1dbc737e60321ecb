"""What stands in a template before anybody fills it in, so that it is not taken for what a county returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from wenxiao.collect.collection import form_digest
from wenxiao.collect.form import Form
from wenxiao.collect.roster import County
from wenxiao.collect.sending import county_template
from wenxiao.collect.template_checks import PASSED
from wenxiao.fields import Registry
from wenxiao.sheets.cells.texture import Cell, Texture, texture_of
from wenxiao.sheets.containers.opening import opened_here

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
