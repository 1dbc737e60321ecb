"""A workbook as all that are written begin: in memory, its texts never formulas or links, without a time, the program as its producer."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

PRODUCER = "Wenxiao 问效"
"""What documents name as the program that made them."""
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no time zone; the same input gives the same bytes
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
APPLICATION = f'<Properties xmlns="{_PROPERTIES}"><Application>{PRODUCER}</Application></Properties>'.encode()
"""The part docProps/app.xml of a document that says nothing but its producer."""


class OutputWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A new workbook that is written to `held`; `options` are further ones of XlsxWriter, `properties` those of the document."""

    def __init__(self, held: BytesIO, properties: dict[str, str] | None = None, **options: Any) -> None:
        plain = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        super().__init__(held, plain | options)
        self.set_properties({**(properties or {}), "created": CREATED})

    def add_worksheet(self, name: str | None = None) -> Worksheet:
        """A new sheet at the end."""
        return super().add_worksheet(name, _Worksheet)

    def _get_packager(self) -> Packager:
        return _Packager()


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they stand: XlsxWriter looks for 29 functions of new versions in each, of which none is used."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")


class _Packager(Packager):  # type: ignore[misc]
    """Packs a workbook whose producer is not said to be Excel."""

    def _create_package(self) -> Any:
        parts = super()._create_package()
        for held, name, _ in parts:
            if name == "docProps/app.xml":
                said = held.getvalue().replace("Microsoft Excel", PRODUCER)
                held.seek(0)
                held.write(said)
                held.truncate()
        return parts
