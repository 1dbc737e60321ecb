"""Names of files in a packed archive: safe on every system, none leading out of the folder it is unpacked into."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_FORBIDDEN = re.compile(
    '[<>:"|?*\\\\\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
_PART, _WHOLE = 80, 180
"""Characters of one part and of all: Windows Explorer unpacks no more than 260 with the folder it unpacks into."""


def member_name(path: str, taken: Collection[str] = ()) -> str:
    r"""A path of parts joined by /, each a name that Windows, macOS and Linux take; no other has it, whatever its case.

    `taken` holds the names given, in lower case.

    >>> member_name("基础数据报表/../../CON.xlsx"), member_name("C:\\报表\\甲县?.xlsx"), member_name("a", {"a"})
    ('基础数据报表/_CON.xlsx', 'C_/报表/甲县_.xlsx', 'a (2)')
    """
    parts = [part for raw in path.replace("\\", "/").split("/") if (part := _part(raw))]
    *folders, name = parts or ["未命名"]
    folder = "/".join(folders)
    room = max(_WHOLE - len(folder) - 1, 24)
    number = 1
    while True:
        suffix = f" ({number})" if number > 1 else ""
        made = "/".join(filter(None, (folder, _cut(name, min(_PART, room), suffix))))
        if made.lower() not in taken:
            return made
        number += 1


def _part(raw: str) -> str:
    """One part of a path; '' for one that is nothing or leads upwards."""
    text = unicodedata.normalize("NFC", raw)
    if not text.strip(" ."):
        return ""
    text = _FORBIDDEN.sub("_", text).strip().rstrip(". ")
    text = f"_{text}" if _RESERVED.match(text) else text
    return _cut(text, _PART, "")


def _cut(name: str, most: int, suffix: str) -> str:
    """A name no longer than so many characters, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 8:
        stem, dot, ending = name, "", ""
    room = most - len(suffix) - len(dot) - len(ending)
    return f"{stem[:room].rstrip()}{suffix}{dot}{ending}"
