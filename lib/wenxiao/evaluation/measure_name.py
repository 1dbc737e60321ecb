"""A measure by what people call it: its key, or its Chinese label, for the whole project or for one subject."""

from __future__ import annotations

from collections.abc import Mapping

from wenxiao.model import Measure
from wenxiao.project.nearest import nearest

_WHOLE = ("全项目", "")


def measure_named(measures: Mapping[str, Measure], name: str) -> Measure:
    """The measure of a key, a label, or label/subject; KeyError names the nearest, or those that share the name.

    A label alone is that of the whole project where it has one; the end of a label will do where only one ends so.
    """
    if name in measures:
        return measures[name]
    label, _, subject = name.partition("/")
    found = [each for each in measures.values() if label in (each.label, each.key.partition("/")[0])]
    found = found or [each for each in measures.values() if each.label.endswith(label)]
    found = [each for each in found if each.subject == subject] if subject else found
    whole = [each for each in found if each.subject in _WHOLE]
    wanted = whole or found
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        listed = "、".join(each.key for each in wanted[:10])
        raise KeyError(
            f"“{name}”可以是 {listed}{'等' if len(wanted) > 10 else ''}；写其中一个，或写作 指标/对象"
        )
    known = {each.label for each in measures.values()} | set(measures)
    like = nearest(name, known)
    raise KeyError(f"没有“{name}”" + (f"，是否为“{like}”" if like else ""))
