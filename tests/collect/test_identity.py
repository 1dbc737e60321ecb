"""Whose form a file is: names in full, short forms that are one county's only, marks wherever a container keeps them."""

import io
import zipfile

import pytest
from wenxiao.collect.identity import counties_in, marks_of

NAMES = ("兰山区", "罗庄区", "沂水县", "沂南县", "临沂高新区", "高新区", "南城县", "南城区")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("兰山区.xlsx", ("兰山区",)),
        ("兰 山 区 住建局", ("兰山区",)),
        ("沂水表（盖章）", ("沂水县",)),
        ("临沂高新区汇总", ("临沂高新区",)),
        ("高新区汇总", ("高新区",)),
        ("沂水县转沂南县", ("沂水县", "沂南县")),
        ("南城汇总", ()),
        ("南城区汇总", ("南城区",)),
        ("新建工作表", ()),
        ("", ()),
    ],
)
def test_a_county_is_named_in_full_or_by_what_is_its_alone(text: str, found: tuple[str, ...]) -> None:
    """A longer name stands before one it contains; a short form that fits two counties is nobody's."""
    assert set(counties_in(text, NAMES)) == set(found)


def test_marks_are_read_from_an_ods_too() -> None:
    """LibreOffice keeps the properties of a template among its user-defined metadata."""
    held = io.BytesIO()
    meta = (
        '<office:document-meta xmlns:office="o" xmlns:meta="m"><office:meta>'
        '<meta:user-defined meta:name="wenxiao-county">甲县</meta:user-defined></office:meta></office:document-meta>'
    )
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("meta.xml", meta)
    assert marks_of(held.getvalue()) == {"wenxiao-county": "甲县"}


@pytest.mark.parametrize("part", ["<broken", "<a>" + " " * (2 << 20) + "</a>", ""])
def test_marks_that_cannot_be_read_are_none(part: str) -> None:
    """Broken, huge or empty properties say nothing, and end nothing."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/custom.xml", part)
    assert marks_of(held.getvalue()) == {}
