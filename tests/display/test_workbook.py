"""What every workbook that is written says of itself, and what it makes of texts."""

import zipfile
from io import BytesIO

import openpyxl
from wenxiao.display.workbook import CREATED, OutputWorkbook


def test_its_producer_is_the_program_and_its_texts_are_texts() -> None:
    """No office program is named, no time stands in it, and what looks like a formula, a link or a number is the text it is."""
    held = BytesIO()
    with OutputWorkbook(held, {"title": "题"}) as book:
        page = book.add_worksheet("表")
        for row, text in enumerate(("=1+1", "http://a.example", "12")):
            page.write(row, 0, text)
    with zipfile.ZipFile(held) as parts:
        application = parts.read("docProps/app.xml").decode()
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist())
    assert "<Application>Wenxiao 问效</Application>" in application
    assert "Microsoft" not in application
    read = openpyxl.load_workbook(held)
    assert [cell.data_type for cell in read["表"]["A"]] == ["s", "s", "s"]
    assert read.properties.created == CREATED
