"""Every content of a report, declared once: words, tables, charts, audience, and where they may stand.

The page of a notebook, the Word file, 报告用表, the slides, the results and what an edition for release leaves out refer to
a content by its name and show the same: `contents.funds` is that of the funds, `contents.words("项目概况")` the analyst's
words of a section. What another module declares (`content`) is there by its name like these.
"""

from wenxiao.contents import by_district, monitoring, project, scores, season
from wenxiao.contents.content import CONTENTS, Content, Outlet, Part, Shown, Subject, content
from wenxiao.contents.project import words

DECLARED = (project, scores, by_district, monitoring, season)
"""The modules that declare the contents of the package."""

__all__ = ["CONTENTS", "Content", "Outlet", "Part", "Shown", "Subject", "content", "words"]


def __getattr__(name: str) -> Content:
    """A content by its name."""
    if name in CONTENTS:
        return CONTENTS[name]
    raise AttributeError(f"没有名为 {name} 的内容；有：{'、'.join(CONTENTS)}")


def __dir__() -> list[str]:
    """The names of the contents, for those who type."""
    return [*__all__, *CONTENTS]
