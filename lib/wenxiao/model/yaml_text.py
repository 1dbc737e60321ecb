"""YAML that people write, loaded in one place: safely, within limits, with every fault as one sentence that has its line.

No tags of a programming language, no dates (they stay text), no key twice, aliases, depth, size and numbers within bounds: a
file of a few bytes that would unfold into gigabytes is refused in a moment.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent

from wenxiao.model.errors import Problem, WenxiaoError
from wenxiao.model.written_text import UNSEEN, text_of

MOST_VALUES, DEEPEST, MOST_DIGITS = 1_000_000, 40, 60
"""What a file may have: values once aliases are unfolded, collections in one another, signs of a number."""

_CORE = "tag:yaml.org,2002:"
_TIMESTAMP, _MERGE = f"{_CORE}timestamp", f"{_CORE}merge"
_TAGS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "seq", "map", "merge"))
_NUMBERS = (f"{_CORE}int", f"{_CORE}float")
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast; PyYAML may lack it


class _Loader(_Base):  # type: ignore[misc] # chosen above
    """A SafeLoader that refuses a key given twice, of which PyYAML would take the last; dates stay text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to configure a loader
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """The mapping of a node; raises for a key that stands twice."""
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.MarkedYAMLError(problem=f"“{key}”写了两次", problem_mark=key_node.start_mark)
            if isinstance(key, Hashable):
                seen.add(key)
        mapping: dict[Hashable, object] = super().construct_mapping(node, deep)
        return mapping


def load_yaml(text: str, error: type[WenxiaoError], file: str) -> Any:
    """What a YAML text says; raises the error, with one sentence, for one that is no YAML or beyond the limits."""
    try:
        _measure_depth(text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None
            _measure(node, {})
            return loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as failed:
        raise error(_problem(failed, file)) from None
    except (ValueError, OverflowError, TypeError, AttributeError, LookupError, RecursionError) as failed:
        raise error(
            Problem(f"不是合法的 YAML（{str(failed)[:80]}）", file=file, remedy="检查其中的数字和标签")
        ) from None


def read_yaml(path: Path, error: type[WenxiaoError], shown: str = "") -> Any:
    """What a YAML file says; raises the error, with one sentence, where it cannot be read, is no YAML or beyond the limits."""
    return load_yaml(text_of(path, error, shown), error, shown or path.name)


def _measure_depth(text: str) -> None:
    """Raises where collections stand too deep in one another, before anything follows them down."""
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise yaml.MarkedYAMLError(problem="嵌套太深", problem_mark=event.start_mark)  # type: ignore[arg-type] # of libyaml
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _measure(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node unfolds to; raises for too many, for one within itself, a strange tag and a giant number."""
    if id(node) in known:
        size = known[id(node)]
        if not size:
            raise yaml.MarkedYAMLError(problem="引用（*）指向自身", problem_mark=node.start_mark)
        return size
    known[id(node)] = 0  # not known yet: whoever comes here again has come round
    if node.tag not in _TAGS:
        raise yaml.MarkedYAMLError(problem=f"不认识的标签 {node.tag[:60]}", problem_mark=node.start_mark)
    size = 1
    if isinstance(node, yaml.ScalarNode):
        size += len(node.value) // 100
        if UNSEEN.search(node.value):
            raise yaml.MarkedYAMLError(problem="含有控制字符", problem_mark=node.start_mark)
        if node.tag in _NUMBERS and len(node.value) > MOST_DIGITS:
            raise yaml.MarkedYAMLError(problem="数字太长", problem_mark=node.start_mark)
    elif isinstance(node, yaml.SequenceNode):
        size += sum(_measure(each, known) for each in node.value)
    elif isinstance(node, yaml.MappingNode):
        size += sum(_measure(key, known) + _measure(value, known) for key, value in node.value)
    if size > MOST_VALUES:
        raise yaml.MarkedYAMLError(problem="引用（*）展开后太大", problem_mark=node.start_mark)
    known[id(node)] = size
    return size


def _problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    cell = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    if what.endswith("写了两次"):
        return Problem(what, file=file, cell=cell, rule="一项只能写一次", remedy="删去一处")
    return Problem(f"不是合法的 YAML（{what}）", file=file, cell=cell, remedy="检查该处的冒号、引号和缩进")
