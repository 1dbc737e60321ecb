"""Locked workbooks: those locked with the password that Excel itself uses are opened, the others are called locked."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import BinaryIO, cast

from wenxiao.sheets.containers.container import locked

_DEFAULT = "VelvetSweatshop"
"""What Excel takes for a workbook that is protected and not secret, and opens without asking ([MS-OFFCRYPTO] 2.4.2.3)."""
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
"""The beginning of the first record of an Excel 97 workbook: BOF, 16 bytes, version 6, of the workbook."""
_WRITE_PROTECTED, _FILE_PASS = 0x86, 0x2F


def is_locked(data: bytes) -> bool:
    """Whether a compound file holds an encrypted package, or a workbook whose records are encrypted."""
    if _PACKAGE in data:
        return True
    at = data.find(_GLOBALS)
    if at < 0:
        return False
    at += 20
    for _ in range(2):
        if at + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, at)
        if kind != _WRITE_PROTECTED:
            return bool(kind == _FILE_PASS)
        at += 4 + length
    return False


def unlocked(data: bytes, file: str) -> bytes:
    """The bytes of a locked workbook as they were before; SheetError where its password is another."""
    # Few files are locked, and the library brings in a whole toolbox of ciphers.
    import msoffcrypto  # noqa: PLC0415
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, ParseError  # noqa: PLC0415

    made = io.BytesIO()
    try:
        workbook = msoffcrypto.OfficeFile(io.BytesIO(data))
        workbook.load_key(password=_DEFAULT)
        workbook.decrypt(cast("BinaryIO", made))
    except (
        DecryptionError,
        FileFormatError,
        ParseError,
        AttributeError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
        NotImplementedError,
        struct.error,
        zipfile.BadZipFile,
    ) as error:
        raise locked(file) from error
    if not made.getvalue() or made.getvalue() == data:
        raise locked(file)
    return made.getvalue()
