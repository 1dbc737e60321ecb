"""Text that people wrote, as files hold it, and as pages and documents may show it."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import east_asian_width

from wenxiao.model.errors import Problem, WenxiaoError

MOST_BYTES = 20 << 20
"""No text that a person wrote is larger."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that nobody sees and that no page and no document may hold, and halves of signs."""
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ENCODINGS = ("utf-8-sig", "gb18030")
"""What a plain editor saves Chinese in."""


def shown_on_page(text: str) -> str:
    """The text of a page without characters that nobody sees, or that turn the order of what one reads."""
    return _TURNING.sub("", UNSEEN.sub("", text))


def half_widths(line: str) -> int:
    """The half-widths that a line of a Chinese font takes: an ideograph is two.

    >>> half_widths("县 a")
    4
    """
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)


def text_of(path: Path, error: type[WenxiaoError], shown: str = "") -> str:
    """The text of a file that a person wrote: UTF-8, or GBK as plain editors of Chinese systems save it.

    `shown` is what messages call the file. Raises the error, with one sentence, where it cannot be read.
    """
    file = shown or path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            raise error(
                Problem(
                    "文件大得反常，没有读",
                    file=file,
                    rule=f"不超过 {MOST_BYTES >> 20} MB",
                    remedy="核实这个文件",
                )
            )
        return decoded(path.read_bytes(), error, file)
    except OSError as failed:
        raise error(
            Problem(f"文件打不开（{failed.strerror}）", file=file, remedy="检查文件名和权限")
        ) from None


def decoded(content: bytes, error: type[WenxiaoError], file: str) -> str:
    """The text of bytes that a person wrote, in UTF-8 or GBK, with line ends as Python has them."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    raise error(
        Problem("不是文本文件，UTF-8、UTF-16 和 GBK 都读不出来", file=file, remedy="在编辑器中另存为 UTF-8")
    )


def with_direction_shown(text: str) -> str:
    r"""The text with the code of each mark in its place.

    >>> with_direction_shown("a\u202eb")
    'a〔U+202E〕b'
    """
    return _TURNING.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORBIDDEN = re.compile("[\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400
"""U+2400 and on: the pictures of the control characters (␀ ␁ …)."""


def written(text: str) -> str:
    r"""A text that every word processor opens, with what was unprintable made visible.

    Control characters become their pictures, marks of writing direction their code, what is no character at all �.
    Tabs and line ends become blanks: whoever wants lines splits the text before.

    >>> written("=1+1\x07<script>"), written("a\u202eb"), written("一\n二")
    ('=1+1␇<script>', 'a〔U+202E〕b', '一 二')
    """
    text = _CONTROLS.sub(lambda found: "␡" if found[0] == "\x7f" else chr(_PICTURES + ord(found[0])), text)
    text = _FORBIDDEN.sub("\ufffd", text)
    return re.sub(r"[\t\r\n]+", " ", with_direction_shown(text))
