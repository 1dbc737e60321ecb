"""An archive that somebody sent (.zip): its files by name, read within limits and never written anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from wenxiao.model import Problem, SheetError
from wenxiao.sheets.containers.package import BROKEN

_MOST_MEMBERS = 500
_MOST_BYTES = 256 << 20
_LEFT_BEHIND = (".", "~$")
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_REMEDY = "解压后把其中的表格放入"


def members(data: bytes, file: str) -> Iterator[tuple[str, bytes, Problem | None]]:
    """Each file of an archive: its name as `file/name in it`, its bytes, and where it is not read why not, by name.

    SheetError where the archive as a whole cannot be opened, or is absurdly large. What a system leaves beside files is no
    file. A name is only a name: it never becomes a path; one that leads out of the archive is refused all the same.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        files = [each for each in archive.infolist() if not each.is_dir()]
    except BROKEN as error:
        raise _refused(file, f"压缩包打不开（{error}）") from error
    size = sum(each.file_size for each in files)
    if len(files) > _MOST_MEMBERS or size > _MOST_BYTES:
        said = f"压缩包里有 {len(files)} 个文件、解开后 {size >> 20} MB，大得反常，没有打开"
        raise _refused(file, said, rule=f"不超过 {_MOST_MEMBERS} 个文件、{_MOST_BYTES >> 20} MB")
    named = sorted((_name(each).replace("\\", "/"), at) for at, each in enumerate(files))
    for name, at in named:
        path, member = PurePosixPath(name), files[at]
        if path.name.startswith(_LEFT_BEHIND) or "__MACOSX" in path.parts:
            continue
        shown = f"{file}/{name}"
        if path.is_absolute() or ".." in path.parts or ":" in name or not name.isprintable():
            yield shown, b"", _problem(shown, "名称指向压缩包以外，没有读")
        elif member.flag_bits & 1:
            yield shown, b"", _problem(shown, "压缩包加了密码，没有读", "向报送单位索取不加密的文件")
        else:
            yield shown, *_content(archive, member, shown)


def is_archive(data: bytes) -> bool:
    """Whether some bytes are a zip of files, rather than a workbook or a document, which are packed too."""
    if not data.startswith(_PACKED[:2]):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except BROKEN:
        return False
    return not names & {
        "[content_types].xml",
        "mimetype",
        "content.xml",
        "xl/workbook.xml",
        "word/document.xml",
    }


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> tuple[bytes, Problem | None]:
    try:
        content = archive.read(member)
    except (*BROKEN, MemoryError) as error:
        return b"", _problem(shown, f"在压缩包里已损坏（{error}）", "重新传输后再试")
    if is_archive(content) or content.startswith(_PACKED[2:]):
        return b"", _problem(shown, "压缩包里又是压缩包，没有打开")
    return content, None


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; one written without the mark of UTF-8 is UTF-8 all the same, or in the code of a Chinese Windows."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        written = member.orig_filename.encode("cp437")
        try:
            return written.decode()
        except UnicodeError:
            return written.decode("gb18030")
    except UnicodeError:
        return member.filename


def _problem(file: str, what: str, remedy: str = _REMEDY, rule: str = "") -> Problem:
    return Problem(what, file=file, remedy=remedy, rule=rule)


def _refused(file: str, what: str, rule: str = "") -> SheetError:
    return SheetError(_problem(file, what, rule=rule))
