"""The outline of the report by its kind, as data: sections, parts, and the contents of each by name (`wenxiao.contents`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from wenxiao.model.errors import ProfileError
from wenxiao.model.yaml_text import load_yaml


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Data):
    """A part （一） of a section."""

    title: str
    contents: tuple[str, ...]


class Section(_Data):
    """A section 一、: what stands under its heading, then its parts."""

    title: str
    contents: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class Outline(_Data):
    """The outline of a kind of report.

    `words` in the head's 评价类型 mean this kind, beside its name; `report` is what the report is called; `cover` are fields
    of the head that stand on the cover, with what they are called there; `source` says where the outline is from.
    """

    kind: str
    report: str
    source: str
    words: tuple[str, ...] = ()
    cover: dict[str, str]
    sections: tuple[Section, ...]

    @property
    def contents(self) -> Iterator[str]:
        """Everything that may stand in the report, in order."""
        for section in self.sections:
            yield from section.contents
            for part in section.parts:
                yield from part.contents


class Outlines(_Data):
    """The outlines of all kinds, which is the standard, and that of a report on one district.

    `annex` are the contents whose annexed tables follow every report, in this order; `beside` those that only slides and
    pictures have; `spoken` those that slides begin with, each by what it shows first.
    """

    standard: str
    kinds: tuple[Outline, ...]
    district: Outline
    annex: tuple[str, ...]
    beside: tuple[str, ...]
    spoken: tuple[str, ...]


@cache
def outlines() -> Outlines:
    """The outlines that ship with the package."""
    text = files(__package__).joinpath("outlines.yaml").read_text(encoding="utf-8")
    return Outlines.model_validate(load_yaml(text, ProfileError, "outlines.yaml"))


def outline_of(kind: str, district: str = "") -> Outline:
    """The outline of a kind of report as the head names it; the standard one for another or none.

    >>> outline_of("项目单位自评").kind, outline_of("").kind, outline_of("单位自评", "兰山区").kind
    ('单位自评', '财政评价', '分县区')
    """
    known = outlines()
    if district:
        return known.district
    for each in known.kinds:
        if any(word in kind for word in (each.kind, *each.words)):
            return each
    return next(each for each in known.kinds if each.kind == known.standard)
