"""The catalogue of what the command says, brought in step with the code: `python -m scripts.catalogue`.

Every sentence is taken from the code (`_`, `ngettext`, the help of every command, and click's own words), known translations
are kept, the rest is listed and waits for one in `lib/wenxiao/locale/zh/LC_MESSAGES/wenxiao.po`. Then the .mo is written. A test
fails while anything is missing, uncertain or no longer said.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from wenxiao import language
from wenxiao.cli import main
from wenxiao.cli.spoken import METAVARS, sentences

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lib" / "wenxiao"
PO = language.CATALOGUES / "zh" / "LC_MESSAGES" / f"{language.DOMAIN}.po"
MO = PO.with_suffix(".mo")

_KEYWORDS = {"_": None, "ngettext": (1, 2), "Reason": (1,)}  # reasons are translated when they are shown
_FIXED = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)  # the same sentences, the same file


def said() -> Catalog:
    """Every sentence that the code can say, with the files that say it and no translation."""
    catalog = _empty()
    for path in sorted(PACKAGE.rglob("*.py")):
        _extract(catalog, path, path.relative_to(ROOT).as_posix())
    with language.speaking("en"):
        for name, command in tree(main, "wenxiao"):
            for sentence in filter(None, sentences(command)):
                catalog.add(sentence, locations=[(name, 0)])
    for word in METAVARS:
        catalog.add(word, locations=[("click", 0)])
    spec = find_spec("click")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit("click is not installed")
    for path in sorted(Path(spec.submodule_search_locations[0]).glob("*.py")):
        _extract(catalog, path, "click")
    return catalog


def kept() -> Catalog:
    """The catalogue as it is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh", domain=language.DOMAIN)


def in_step() -> Catalog:
    """The committed translations for what is said now; what is new has none yet."""
    catalog, known = _empty(), kept() if PO.exists() else _empty()
    for message in said():
        if message.id:
            former = known.get(message.id)
            string = former.string if former is not None and not former.fuzzy else ""
            catalog.add(message.id, string, message.locations, message.flags)
    return catalog


def write() -> list[str]:
    """The sentences without a translation, after both files are written."""
    catalog = in_step()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, include_lineno=False)
    with MO.open("wb") as file:
        write_mo(file, kept())
    return [str(message.id) for message in catalog if message.id and not all(_strings(message.string))]


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string or ("",)


def _empty() -> Catalog:
    return Catalog(
        locale="zh",
        domain=language.DOMAIN,
        header_comment="# What the command says, in Chinese; kept by `python -m scripts.catalogue`.",
        project="wenxiao",
        version="0",  # that of the program is not the catalogue's
        msgid_bugs_address="the issues of the repository",
        last_translator="the Wenxiao contributors",
        language_team="the Wenxiao contributors",
        fuzzy=False,
        creation_date=_FIXED,
        revision_date=_FIXED,
    )


def _extract(catalog: Catalog, path: Path, place: str) -> None:
    for _line, message, _comments, _context in extract_from_file("python", path, keywords=_KEYWORDS):
        catalog.add(message, locations=[(place, 0)])


def tree(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, with the words that call them."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                yield from tree(inner, f"{name}-{each}")


if __name__ == "__main__":
    missing = write()
    for sentence in missing:
        print(f"not translated: {sentence}")
    sys.exit(bool(missing))
