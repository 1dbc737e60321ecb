"""YAML that people write: read in one place, and whatever is hostile or damaged is one sentence in a moment."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from wenxiao.collect.collection import Collection
from wenxiao.collect.form import read_form
from wenxiao.collect.register import load_register
from wenxiao.fields import standard_registry
from wenxiao.model import ParameterError, ProjectError, WenxiaoError
from wenxiao.model.yaml_text import load_yaml, read_yaml
from wenxiao.project import load_profile
from wenxiao.project.corrections import load_corrections
from wenxiao.project.parameters_cell import read_parameters
from wenxiao.sheets import read_workbook


def _bomb(levels: int = 9, arms: int = 9) -> str:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * arms)}]" for n in range(1, levels + 1)]
    return "\n".join(lines) + f"\nproject: *a{levels}\n"


HOSTILE = {
    "alias bomb": _bomb(),
    "wide alias bomb": _bomb(3, 300),
    "merge bomb": "a: &a {" + ", ".join(f"k{n}: [{'x, ' * 99}x]" for n in range(99)) + "}\n"
    + "".join(f"b{n}:\n  <<: *a\n" for n in range(999)),
    "long text by aliases": "a: &a " + "x" * 999_999 + "\nb: [" + ", ".join(["*a"] * 999) + "]\n",
    "an alias to itself": "a: &a [*a]\n",
    "giant integer": f"year: {'9' * 100_000}\n",
    "giant octal": f"year: 0{'7' * 5000}\n",
    "giant hexadecimal": f"year: 0x{'f' * 5000}\n",
    "giant sexagesimal": "year: " + ":".join(["59"] * 5000) + "\n",
    "giant float": f"year: 1{'0' * 5000}.0\n",
    "deep flow": "a: " + "[" * 100_000 + "]" * 100_000,
    "deep mapping": "{a: " * 50_000,
    "deep block": "\n".join(" " * n + "a:" for n in range(2000)),
    "python object": "a: !!python/object/apply:os.system [id]\n",
    "odd tag": "a: !unknown x\n",
    "odd tag of a map": "!x {a: 1}\n",
    "wrong int": "a: !!int 甲\n",
    "wrong float": "a: !!float ''\n",
    "wrong bool": "a: !!bool x\n",
    "wrong timestamp": "a: !!timestamp x\n",
    "binary": "a: !!binary xxx\n",
    "set": "a: !!set {x, y}\n",
    "control character": 'a: "\\x07\\e[31m"\n',
    "half a sign": 'a: "\\ud83d"\n',
    "two documents": "a: 1\n---\nb: 2\n",
    "unhashable key": "? [a, b]\n: 1\n? {c: d}\n: 2\n",
    "unknown alias": "a: *nowhere\n",
}  # fmt: skip


def parameters(folder: Path, text: str) -> object:
    """As a parameter file."""
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return read_parameters(folder / "x.yaml")


def profile(folder: Path, text: str) -> object:
    """As a profile."""
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return load_profile("x", folder)


def corrections(folder: Path, text: str) -> object:
    """As corrections."""
    (folder / "corrections.yaml").write_text(text, encoding="utf-8")
    return load_corrections(folder, ())


def sidecar(folder: Path, text: str) -> object:
    """As the YAML beside a workbook."""
    (folder / "x.csv").write_text("资金来源,预算数\n中央,1\n", encoding="utf-8")
    (folder / "x.csv.yaml").write_text(text, encoding="utf-8")
    return read_workbook(folder / "x.csv", standard_registry())


def register(folder: Path, text: str) -> object:
    """As a register."""
    collection = Collection(folder)
    collection.folder.mkdir(exist_ok=True)
    collection.register.write_text(text, encoding="utf-8")
    return load_register(collection)


def form(folder: Path, text: str) -> object:
    """As a form of one's own."""
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return read_form(folder / "form.yaml", standard_registry())


READERS = (parameters, profile, corrections, sidecar, register, form)


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    standard_registry()
    load_profile()


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_yaml_is_one_sentence_in_a_moment(
    tmp_path: Path, read: Callable[[Path, str], object], text: str
) -> None:
    """Wherever people write YAML, each hostile one is an error in words that names the file, well within a second."""
    start = time.process_time()
    with pytest.raises(WenxiaoError) as caught:
        read(tmp_path, text)
    assert time.process_time() - start < 1
    assert ".yaml" in str(caught.value)
    assert len(str(caught.value)) < 3000


@pytest.mark.parametrize("read", READERS)
def test_damaged_yaml_never_ends_in_a_traceback(tmp_path: Path, read: Callable[[Path, str], object]) -> None:
    """Random damage to a text with a bit of everything is read or refused in words."""
    rng = random.Random(str(read.__name__))
    whole = 'a: &x {b: [1, 2.5, ~, yes]}\nc: *x\nproject: "甲"\nd: |\n  x\n!!str e: 0x1F\n- {f: 2025-01-01}\n'
    for _ in range(60):
        text = list(whole)
        for _again in range(rng.randint(1, 6)):
            text[rng.randrange(len(text))] = rng.choice([*"[]{}:&*!|>%@`\n -#'\"", "\x00"])
        with suppress(WenxiaoError):
            read(tmp_path, "".join(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_what_a_plain_editor_saves_is_read(tmp_path: Path, encoding: str) -> None:
    """Chinese in UTF-8 with or without a mark, in GBK, and what an editor calls Unicode, with any line ends."""
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 牡丹区\r\nb: [甲, 乙]\r\n".encode(encoding))
    assert read_yaml(path, ParameterError) == {"a": "牡丹区", "b": ["甲", "乙"]}


def test_what_is_no_text_is_refused_by_its_name(tmp_path: Path) -> None:
    """A picture called .yaml, and one that is far too large, are named."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\x00")
    with pytest.raises(ParameterError, match=r"x\.yaml：不是文本文件"):
        read_yaml(path, ParameterError)
    with path.open("wb") as file:
        file.truncate(30 << 20)
    with pytest.raises(ParameterError, match=r"x\.yaml：文件大得反常"):
        read_yaml(path, ParameterError)


def test_aliases_and_hashes_as_people_use_them_are_read() -> None:
    """A few aliases, a long hash and a long number in quotes are no attack."""
    text = (
        f"base: &b {{a: 1}}\nmore:\n  <<: *b\n  c: 2\nsha: {'9a' * 32}\nid: '{'1' * 80}'\nday: 2025-01-01\n"
    )
    assert load_yaml(text, ProjectError, "x") == {
        "base": {"a": 1}, "more": {"a": 1, "c": 2}, "sha": "9a" * 32, "id": "1" * 80, "day": "2025-01-01",
    }  # fmt: skip
