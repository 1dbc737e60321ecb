"""The folder of a project: which of its files loading the project reads, and which it only names.

What stands in other folders below it (in `collect`, what counties returned) is none of the project's until a table of the folder says it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wenxiao.project.contents import contents, digest


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that was read: its name within its folder and the SHA-256 of its bytes."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> InputFile:
        """The file of that name with that content.

        >>> InputFile.of("a.csv", b"").sha256[:8]
        'e3b0c442'
        """
        return cls(name, hashlib.sha256(content).hexdigest())


SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
READ_BESIDE = (".docx", ".et", ".zip")
"""Files beside the workbooks that may hold forms and are read for them; others are only named."""
EVIDENCE = ("evidence", "证据")
"""The folder of a project that holds its evidence, as an office calls it."""
_WORDS = (".md", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """The files of a project's folder, as far as they are the project's.

    `workbooks` are read, `beside` too: corrections, names of places, answers, narrative, how a workbook is to be read. `others` are
    read for the forms they hold (Word, archives), or named in a finding (a scan, a .doc); `evidence` are the folders whose files are known by name and hash.
    """

    workbooks: tuple[Path, ...]
    beside: tuple[Path, ...]
    others: tuple[Path, ...]
    evidence: tuple[Path, ...]

    @classmethod
    def of(cls, place: Path) -> ProjectFolder:
        """The files that are there now, by name; of a single file it alone, and what stands beside it about it."""
        alone = place.is_file()
        folder = place.parent if alone else place
        found = [place] if alone else folder.iterdir()
        listed = sorted(path for path in found if not path.name.startswith(("~$", ".")))
        workbooks = tuple(path for path in listed if path.suffix.lower() in SUFFIXES)
        said = ("corrections.yaml", "answers.yaml", "places.yaml", *(() if alone else ("narrative.md",)))
        words = (*said, *(f"{path.name}.yaml" for path in workbooks))
        return cls(
            workbooks,
            tuple(path for path in (folder / name for name in words) if path.is_file()),
            tuple(
                path for path in listed if path.suffix.lower() not in (*SUFFIXES, *_WORDS) and path.is_file()
            ),
            tuple(path for path in listed if path.name in EVIDENCE and path.is_dir()),
        )

    @property
    def files_held(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.workbooks or self.others)

    def files(self) -> Iterator[Path]:
        """Every file on which it depends what loading the project gives."""
        yield from (*self.workbooks, *self.beside, *self.others)
        for place in self.evidence:
            yield from sorted(path for path in place.rglob("*") if path.is_file())

    def contents(self) -> dict[str, str]:
        """The SHA-256 of each of these files by name, sorted; '' for one that is only named."""
        found = {path.name: digest(path) for path in (*self.workbooks, *self.beside) if path.is_file()}
        found |= {
            path.name: digest(path) if path.suffix.lower() in READ_BESIDE else "" for path in self.others
        }
        for place in self.evidence:
            found |= {f"{place.name}/{name}": sha256 for name, sha256 in contents(place).items()}
        return dict(sorted(found.items()))
