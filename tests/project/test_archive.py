"""An archive that somebody sent: every file in it is read by its name or named with why not, and nothing of it is written anywhere."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from wenxiao.model import SheetError
from wenxiao.project.archive import is_archive, members


def packed(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of files by name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def said(data: bytes) -> dict[str, str]:
    """Name in the archive → why it is not read, '' where it is."""
    return {
        name.removeprefix("a.zip/"): problem.what if problem else ""
        for name, _, problem in members(data, "a.zip")
    }


def test_names_in_any_code_are_read() -> None:
    """A name is UTF-8 by its mark or without it, or in the code of a Chinese Windows."""
    for code in ("gbk", "utf-8"):
        written = "乙县/平邑.csv".encode(code)
        data = packed({"x" * len(written): b"1"}).replace(b"x" * len(written), written)
        assert said(data) == {"乙县/平邑.csv": ""}, code
    assert said(packed({"乙县/平邑.csv": b"1"})) == {"乙县/平邑.csv": ""}


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "..\\..\\a.csv", "C:\\a.csv", "a\x1b[2J.csv"]
)
def test_a_name_that_leads_out_is_named_and_not_read(name: str) -> None:
    """Traversal in any spelling, drives and control characters."""
    (what,) = said(packed({name: b"1"})).values()
    assert "压缩包以外" in what


def test_one_bad_member_does_not_stop_the_others() -> None:
    """A damaged, a locked and a nested member are each named; what is beside them is read, leftovers of systems are none."""
    files = {"b.csv": b"12345", "a.csv": b"1", "c.zip": packed({"d.csv": b"1"}), "e.rar": b"Rar!\x1a\x07"}
    files |= {"__MACOSX/._a.csv": b"", "~$a.xlsx": b"", ".DS_Store": b""}
    data = packed(files, zipfile.ZIP_STORED).replace(b"12345", b"12346", 1)
    found = said(data)
    assert set(found) == {"a.csv", "b.csv", "c.zip", "e.rar"}
    assert found["a.csv"] == ""
    assert "已损坏" in found["b.csv"]
    assert "又是压缩包" in found["c.zip"]
    assert "又是压缩包" in found["e.rar"]
    entry = data.rindex(b"b.csv") - 46  # its entry in the directory, whose flags stand at 8
    locked = data[: entry + 8] + b"\x01" + data[entry + 9 :]
    assert "密码" in said(locked)["b.csv"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """Too many files, or too much of them, and a directory that is cut off."""
    with pytest.raises(SheetError, match="大得反常"):
        list(members(packed({f"{n}.csv": b"" for n in range(501)}), "a.zip"))
    with pytest.raises(SheetError, match="大得反常"):
        list(members(packed({f"{n}.csv": bytes(90 << 20) for n in range(3)}), "a.zip"))
    with pytest.raises(SheetError, match="打不开"):
        list(members(packed({"a.csv": b"1"})[:-30], "a.zip"))


def test_a_member_that_says_too_little_of_its_size_is_damaged() -> None:
    """No more is unpacked than the directory says, and the checksum then tells."""
    data = packed({"a.csv": bytes(1 << 20)})
    entry = data.index(b"PK\x01\x02")
    lying = data[: entry + 24] + (10).to_bytes(4, "little") + data[entry + 28 :]
    assert "已损坏" in said(lying)["a.csv"]


def test_a_workbook_is_no_archive() -> None:
    """What is packed and is a workbook or a document is read as what it is."""
    assert not is_archive(packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert not is_archive(packed({"mimetype": b"", "content.xml": b""}))
    assert not is_archive(b"PK\x03\x04")
    assert is_archive(packed({"a.csv": b""}))
