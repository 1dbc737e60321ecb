"""Notebook → page, by the same template as stock nbconvert and to the same bytes, several times as fast."""

from __future__ import annotations

import wenxiao.reports.lean  # isort: skip # noqa: F401 - before anything loads nbformat

from copy import copy
from functools import cache
from typing import Any

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode

from wenxiao.model.written_text import shown_on_page
from wenxiao.reports import TEMPLATES
from wenxiao.reports.records import HIDDEN_TYPES


class ReportExporter(HTMLExporter):
    """The stock exporter with the template of this package and without its last pass.

    Stock nbconvert parses every finished page once more, to look for images without a text; the preprocessor of the
    template writes pages that this pass leaves as they are.
    """

    def from_notebook_node(  # type: ignore[override] # as the stock exporter does
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and the resources it was made with."""
        page, made = TemplateExporter.from_notebook_node(self, nb, self._init_resources(resources), **kw)  # type: ignore[no-untyped-call]
        return str(page), dict(made)


@cache
def exporter() -> HTMLExporter:
    """The exporter of this process; building one takes as long as a dozen conversions."""
    return ReportExporter(  # type: ignore[no-untyped-call]
        template_name="wenxiao",
        extra_template_basedirs=[str(TEMPLATES)],
        optimistic_validation=True,
    )


def to_html(notebook: NotebookNode) -> str:
    """The page of an executed notebook, one self-contained HTML file; the same notebook gives the same text."""
    page, _ = exporter().from_notebook_node(_without_files(notebook))
    return shown_on_page(str(page))


def _without_files(notebook: NotebookNode) -> NotebookNode:
    """The notebook without results and working paper, which no page shows and nbconvert would copy and check at length."""
    light = copy(notebook)
    light["cells"] = [_light(cell) if cell.cell_type == "code" else cell for cell in notebook.cells]
    return light


def _light(cell: NotebookNode) -> NotebookNode:
    light = copy(cell)
    light["outputs"] = [o for o in cell.outputs if not HIDDEN_TYPES.intersection(o.get("data", {}))]
    return light
