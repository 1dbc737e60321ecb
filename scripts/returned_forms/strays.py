"""Files that come back and hold no workbook: scans, papers, empty, locked and broken ones, what programs leave behind."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw

from .files import document, fixed

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def pdf(workbook: bytes, dice: random.Random) -> bytes:
    """A page of a PDF, as an office prints a form."""
    del workbook
    stream = f"BT /F1 12 Tf 72 720 Td (Form {dice.randint(1, 999)}.{dice.randint(10, 99)}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def scan(workbook: bytes, dice: random.Random) -> bytes:
    """A photograph of a form."""
    del workbook
    picture = Image.new("L", (420, 300), 245)
    draw = ImageDraw.Draw(picture)
    for line in range(40, 280, 30):
        draw.line((20, line, 400, line + dice.randint(-2, 2)), fill=120)
        draw.text((30, line - 18), f"{dice.randint(1, 9999)}.{dice.randint(10, 99)}", fill=60)
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def empty(workbook: bytes, dice: random.Random) -> bytes:
    """No byte at all."""
    del workbook, dice
    return b""


def encrypted(workbook: bytes, dice: random.Random) -> bytes:
    """The shape of a workbook with a password: a compound file whose package is encrypted."""
    del workbook
    body = "EncryptionInfo\0EncryptedPackage\0".encode("utf-16-le")
    return (_OLE + body).ljust(1536, b"\0") + dice.randbytes(1024)


def truncated(workbook: bytes, dice: random.Random) -> bytes:
    """The start of a workbook, as a broken transfer leaves it."""
    return workbook[: dice.randint(1, max(2, len(workbook) * 3 // 4))]


def damaged(workbook: bytes, dice: random.Random) -> bytes:
    """A workbook with a stretch overwritten in its last third, where the directory of the archive stands."""
    start = len(workbook) * 2 // 3 + dice.randrange(max(1, len(workbook) // 6))
    return workbook[:start] + dice.randbytes(64) + workbook[start + 64 :]


def packed(workbook: bytes, dice: random.Random) -> bytes:
    """An archive with the workbook in it, unopened."""
    del dice
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("填报表.xlsx", workbook)
    return fixed(held.getvalue())


def letter(workbook: bytes, dice: random.Random) -> bytes:
    """A Word document without a table, with figures in its sentences."""
    del workbook
    text = f"关于报送情况的说明：我县到位资金{dice.randint(100, 9000)}万元，其余正在办理。"
    return document([f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"])


def memo(workbook: bytes, dice: random.Random) -> bytes:
    """A plain text in GBK."""
    del workbook
    return f"您好，附件请查收，支出数改为{dice.randint(100, 9000)}.{dice.randint(10, 99)}，谢谢".encode(
        "gb18030"
    )


def noise(workbook: bytes, dice: random.Random) -> bytes:
    """Bytes of no meaning."""
    del workbook
    return dice.randbytes(dice.randint(1, 2000))


STRAYS: Mapping[str, tuple[str, Callable[[bytes, random.Random], bytes]]] = {
    "PDF": (".pdf", pdf),
    "scan": (".png", scan),
    "PDF named as a workbook": (".xlsx", pdf),
    "empty": (".xlsx", empty),
    "encrypted": (".xlsx", encrypted),
    "truncated": (".xlsx", truncated),
    "damaged": (".xlsx", damaged),
    "archive": (".zip", packed),
    "letter": (".docx", letter),
    "memo": (".txt", memo),
    "noise": (".xls", noise),
}
"""What each kind is called → its suffix and how it is made from the workbook that should have come."""
