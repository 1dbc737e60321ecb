"""The language of the command: which one is chosen, and that its catalogue lacks nothing."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from click.testing import CliRunner
from wenxiao import language
from wenxiao.cli import main
from wenxiao.language import _, ngettext, preferred, speaking

from scripts import catalogue

PLACE = re.compile(r"\{[^}]*\}|%\(\w+\)s")
CHINESE = re.compile(r"[一-鿿]")
SENTENCE = re.compile(r"(?:\b[A-Za-z]+ ){3,}")  # four words in a row that are not Chinese
NAMES = re.compile(
    r"Wenxiao 问效|甲县,乙县|征求意见稿|内部审核稿|正式稿|汇总(数据)?\.\w+|催报表\.xlsx|县区 cell|待录入|wenxiao collect \w+|"
    r"县区, 填报单位, 联系人, 联系电话, 评价方式"
)


@pytest.fixture(scope="module")
def said() -> Catalog:
    """What the code can say now."""
    return catalogue.said()


@pytest.fixture(scope="module")
def kept() -> Catalog:
    """What the committed catalogue has."""
    return catalogue.kept()


def own(messages: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in messages if message.id)


def forms(of: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The singular and plural of a message or a translation."""
    return (of,) if isinstance(of, str) else tuple(of)


def helped(name: str, speech: str) -> str:
    """The help of a command in a language."""
    words = ["--lang", speech, *name.split("-")[1:], "--help"]
    result = CliRunner().invoke(main, words, prog_name="wenxiao")
    assert result.exit_code == 0, result.output
    return result.output


def commands() -> list[str]:
    """The names of all commands: wenxiao, wenxiao-run and so on."""
    return [name for name, _command in catalogue.tree(main, "wenxiao")]


def test_nothing_is_missing_and_nothing_is_left_over(said: Catalog, kept: Catalog) -> None:
    """The catalogue has each sentence that is said and no other; `python -m scripts.catalogue` brings it in step."""
    now, then = ({message.id for message in own(each)} for each in (said, kept))
    assert (sorted(map(str, now - then)), sorted(map(str, then - now))) == ([], [])
    assert not kept.obsolete


def test_every_sentence_is_translated(kept: Catalog) -> None:
    """None waits for its Chinese, and none is a guess."""
    assert [str(each.id) for each in own(kept) if each.fuzzy or not all(forms(each.string or ""))] == []


def test_figures_have_their_places(kept: Catalog) -> None:
    """A translation names what the sentence names: nothing else, and nothing less than all the forms share."""
    wrong = []
    for message in own(kept):
        named = [set(PLACE.findall(form)) for form in forms(message.id)]
        for form in forms(message.string):
            places = set(PLACE.findall(form))
            if not set.intersection(*named) <= places <= set.union(*named):
                wrong.append(form)
    assert wrong == []


def test_compiled_catalogue_is_in_step(kept: Catalog) -> None:
    """The .mo that is read holds what the .po that people read holds."""
    with catalogue.MO.open("rb") as file:
        compiled = {str(forms(message.id)[0]): forms(message.string) for message in own(read_mo(file))}
    assert compiled == {str(forms(message.id)[0]): forms(message.string) for message in own(kept)}


def test_nothing_is_said_before_it_is_translated() -> None:
    """No f-string is handed to `_`: it would look for a sentence with the figures in it."""
    found = [
        f"{path.name}: {match[0]}"
        for path in catalogue.PACKAGE.rglob("*.py")
        for match in re.finditer(r"\b(?:_|ngettext)\(\s*f[\"']", path.read_text(encoding="utf-8"))
        if path.name != "language.py"
    ]
    assert found == []


SPOKEN = (
    "print",
    "echo",
    "secho",
    "fail",
    "complaint",
    "Text",
    "add_column",
    "TextColumn",
    "UsageError",
    "ClickException",
)
TERMINALS = ("cli/*.py", "batch/terminal.py", "reports/comparison/terminal.py", "display/account.py")


def unmarked(source: str) -> list[str]:
    """The words that are printed as they stand: neither through `_` nor the name of a command or a file."""

    def texts(node: ast.AST) -> Iterator[str]:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "ngettext"}
        ):
            return
        if isinstance(node, ast.keyword) and node.arg in {"style", "justify", "overflow", "end"}:
            return
        if isinstance(node, ast.FormattedValue):
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        for child in ast.iter_child_nodes(node):
            yield from texts(child)

    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SPOKEN:
                said = (text for argument in (*node.args, *node.keywords) for text in texts(argument))
                found += [text for text in said if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|[一-鿿]", text)]
    return [text for text in found if not re.fullmatch(r"[ \d.]*wenxiao \w+ ?", text)]


@pytest.mark.parametrize(
    "path",
    [path for pattern in TERMINALS for path in sorted(catalogue.PACKAGE.glob(pattern))],
    ids=lambda path: path.relative_to(catalogue.PACKAGE).as_posix(),
)
def test_nothing_is_printed_as_it_stands(path: Path) -> None:
    """Whoever writes a sentence for the terminal writes it as `_("…")`: docs/language.md."""
    assert unmarked(path.read_text(encoding="utf-8")) == []


def test_unmarked_words_are_found() -> None:
    """A sentence, an f-string and Chinese words are; what is translated, a style and a command are not."""
    assert unmarked('screen.print("Nothing to do")') == ["Nothing to do"]
    assert unmarked('screen.print(f"{n} runs left out: {x}")') == [" runs left out: "]
    assert unmarked('Text("没有变化")') == ["没有变化"]
    assert unmarked('screen.print(_("Nothing to do").format(a="b c"), style="bold red")') == []
    assert unmarked('screen.print(f"  3. wenxiao run {name}")') == []


@pytest.mark.parametrize("name", commands())
def test_help_is_in_one_language(name: str) -> None:
    """Chinese help has no English sentence in it, and English help no Chinese one."""
    chinese, english = (NAMES.sub("", helped(name, each)) for each in ("zh", "en"))
    assert CHINESE.search(chinese)
    assert SENTENCE.findall(chinese) == []
    assert CHINESE.findall(english) == []


def test_option_stands_before_or_after_the_subcommand() -> None:
    """`wenxiao --lang zh run` and `wenxiao run --lang=zh` are the same, and help in nested commands too."""
    before = CliRunner().invoke(main, ["--lang", "zh", "run", "--help"]).output
    assert before == CliRunner().invoke(main, ["run", "--lang=zh", "--help"]).output
    assert "按参数文件运行，生成报告。" in before


def test_errors_of_use_are_in_the_language() -> None:
    """What click itself complains of is Chinese, and English again in the next command of the same process."""
    result = CliRunner().invoke(main, ["run", "--lang", "zh", "--nope"])
    assert (result.exit_code, "错误：没有 '--nope' 这个选项。" in result.stderr) == (2, True)
    assert "Error: No such option '--nope'" in CliRunner().invoke(main, ["run", "--nope"]).stderr


def test_unknown_language_is_told() -> None:
    """A language that the catalogue has not is an error of use."""
    result = CliRunner().invoke(main, ["--lang", "fr", "run", "--help"])
    assert result.exit_code == 2
    assert "'fr' is not one of 'zh', 'en'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "chosen"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.GB18030"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ([], {"LANG": "C.UTF-8", "LANGUAGE": "zh_CN:zh"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "WENXIAO_LANG": "en"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "WENXIAO_LANG": "fr"}, "zh"),
        (["--lang", "zh"], {"WENXIAO_LANG": "en"}, "zh"),
        (["run", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["new", "--", "--lang", "zh"], {}, "en"),
        (["run", "--lang"], {}, "en"),
    ],
)
def test_choice(arguments: list[str], environment: dict[str, str], chosen: str) -> None:
    """The option counts before the variable, the variable before the locale, and English is what is left."""
    assert preferred(arguments, environment) == chosen


def test_desktop_decides_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no variable names a locale, Windows tells the language of the desktop."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(language, "_of_windows", lambda: "zh")
    assert preferred([], {}) == "zh"
    assert preferred([], {"LANG": "en_US.UTF-8"}) == "en"


def test_language_is_left_as_it_was() -> None:
    """Speaking ends with its block: the variable and gettext's domain are what they were."""
    before = os.environ.get("LANGUAGE")
    with speaking("zh"):
        assert _("Options") == "选项"
        assert ngettext(
            "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1
        ) == ("选项 {name!r} 后面缺少值。")
    with speaking("en"):
        assert _("Options") == "Options"
    assert os.environ.get("LANGUAGE") == before


@pytest.mark.parametrize("asked", [{"LANG": "zh_CN.UTF-8"}, {"WENXIAO_LANG": "zh"}])
def test_locale_reaches_the_command(asked: dict[str, str], tmp_path: Path) -> None:
    """In a process of its own the command speaks Chinese by the locale, and English by `--lang en`."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "WENXIAO"))
    }
    call = [sys.executable, "-c", "from wenxiao.cli import main; main(prog_name='wenxiao')"]

    def output(*words: str) -> str:
        done = subprocess.run(
            [*call, *words], env={**environment, **asked}, cwd=tmp_path, capture_output=True, check=False
        )
        return done.stdout.decode() + done.stderr.decode()

    assert "用法: wenxiao check [选项] 文件或文件夹..." in output("check", "--help")
    assert "缺少参数 '文件或文件夹...'" in output("check")
    assert "Missing argument 'PATHS...'" in output("check", "--lang", "en")


@pytest.mark.acceptance
@pytest.mark.parametrize("speech", ["zh", "en"])
def test_a_project_from_new_to_run_in_one_language(speech: str, workspace_root: Path, checkout: Path) -> None:
    """In processes of their own: what is made, what is wrong and what would run are told in the language and in no other."""
    (workspace_root / "notebooks").rmdir()
    (workspace_root / "notebooks").symlink_to(checkout / "notebooks")
    environment = {key: value for key, value in os.environ.items() if key not in {"WENXIAO_LANG", "LANGUAGE"}}
    environment |= (
        {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}
        if speech == "zh"
        else {"LANG": "zh_CN.UTF-8", "WENXIAO_LANG": "en"}
    )

    def said(*words: str) -> str:
        call = [sys.executable, "-c", "from wenxiao.cli import main; main(prog_name='wenxiao')", *words]
        done = subprocess.run(call, env=environment, cwd=workspace_root, capture_output=True, check=False)
        return (done.stdout + done.stderr).decode()

    told = said("new", "jia") + said("run", "--dry-run") + said("run", "--jobs", "no") + said("gather")
    assert ("接下来：" in told, "从未生成" in told) == ((True, True) if speech == "zh" else (False, False))
    assert ("Next:" in told, "never made" in told) == ((True, True) if speech == "en" else (False, False))
    if speech == "zh":
        assert SENTENCE.findall(told) == []


def test_groups_below_are_translated() -> None:
    """A subcommand that is a group itself is shown in the language with all below it."""
    from wenxiao.cli.spoken import translated

    @click.group()
    def outer() -> None:
        """Commands"""  # noqa: D415 - a sentence that the catalogue has

    @outer.command()
    def inner() -> None:
        """Options"""  # noqa: D415

    with speaking("zh"):
        spoken = translated(outer)
        assert "子命令" in spoken.get_help(click.Context(spoken))
        assert isinstance(spoken, click.Group)
        assert spoken.commands["inner"].help == "选项"
