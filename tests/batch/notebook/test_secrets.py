"""A secret comes from the environment, works in the notebook, and is found in no byte of what a run leaves."""

import dataclasses
import json
import shutil
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from wenxiao.batch import LocalPool, Outcome, Run, plan
from wenxiao.batch.local_pool import Engine
from wenxiao.batch.log import Log
from wenxiao.batch.notebook.execution import ReadableTranslator
from wenxiao.batch.notebook.secrets import STRUCK, secret_problems, secrets_of, without_secrets
from wenxiao.project.workspace import Workspace

SECRET = "钥匙&<s3cret>'\"\\"


@pytest.mark.parametrize("engine", ["wenxiao", pytest.param("kernel", marks=pytest.mark.acceptance)])
def test_no_byte_of_it_is_left(
    workspace_root: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    """Printed, shown, in an error and in the results, of a run that succeeds and of one that fails: struck out everywhere."""
    monkeypatch.setenv("WENXIAO_TEST_SECRET", SECRET)
    shutil.copy(checkout / "tests" / "fixtures" / "notebooks" / "secret.ipynb", workspace_root / "notebooks")
    folder = workspace_root / "parameters" / "secret"
    folder.mkdir()
    for name, bad in (("good", "false"), ("bad", "true")):
        text = f"password: ${{ENV:WENXIAO_TEST_SECRET}}\nbad: {bad}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    runs = plan(Workspace(workspace_root))
    with Log(runs[0].outputs) as log:
        events = list(log.following(LocalPool(2, engine=engine).execute(runs)))
    outcomes = {event.run.name: event for event in events if isinstance(event, Outcome)}
    assert outcomes["good"].failure is None
    failure = outcomes["bad"].failure
    assert failure is not None
    assert failure.messages == (f"ValueError: {STRUCK}",)
    spelt = {SECRET, repr(SECRET)[1:-1], json.dumps(SECRET)[1:-1], "s3cret"}
    left = [path for path in (workspace_root / "outputs").rglob("*") if path.is_file()]
    assert {path.suffix for path in left} >= {".html", ".ipynb", ".json", ".jsonl"}
    for path in left:
        content = path.read_bytes().decode("utf-8", "replace")
        assert [form for form in spelt if form in content] == [], path.name
    told = json.dumps([dataclasses.asdict(failure)], ensure_ascii=False)
    assert not any(form in told for form in spelt)


def test_the_injected_cell_names_the_variable() -> None:
    """What stands in the notebook is where the secret comes from."""
    code = ReadableTranslator.codify({"password": "${ENV:NAME}"})
    assert code == '# Parameters\npassword = __import__("os").environ["NAME"]\n'


@pytest.mark.parametrize(("value", "what"), [(None, "没有设置"), ("123", "太短")])
def test_a_missing_secret_is_found_before_anything_runs(
    monkeypatch: pytest.MonkeyPatch, value: str | None, what: str
) -> None:
    """A variable that is not set, or too short to be told from other text, is a problem that names it."""
    monkeypatch.delenv("WENXIAO_TEST_SECRET", raising=False)
    if value:
        monkeypatch.setenv("WENXIAO_TEST_SECRET", value)
    (problem,) = secret_problems({"password": "${ENV:WENXIAO_TEST_SECRET}", "other": "x"}, "a.yaml")
    assert what in problem.what
    assert problem.value == "WENXIAO_TEST_SECRET"


def test_striking_out_reaches_everything() -> None:
    """Keys and values, lists and tuples, however deep."""
    assert without_secrets({"ab": ["xaby", ("ab", 1)]}, ("ab",)) == {STRUCK: [f"x{STRUCK}y", (STRUCK, 1)]}


def test_a_secret_is_struck_out_in_the_spellings_of_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a URL, in base64 wherever it begins, and as bytes, nothing of a secret is left to be read back."""
    secret = "p@ss/word+密码 1234?"
    monkeypatch.setenv("HIDDEN_WORD", secret)
    run = Run("report", "a", {"word": "${ENV:HIDDEN_WORD}"}, Path("/w"), "/w/outputs")
    secrets = secrets_of(run)
    texts = [quote(secret), quote(secret, safe=""), quote_plus(secret), repr(secret.encode()), repr(secret)]
    for text in texts:
        assert "1234" not in without_secrets(f"x {text} y", secrets), text
    for before in ("", "a", "ab", "user:", "使用者:"):
        for encode in (b64encode, urlsafe_b64encode):
            shown = encode(f"{before}{secret} and more".encode()).decode()
            clean = without_secrets(shown, secrets)
            assert STRUCK in clean
            assert len(clean) - len(STRUCK) < len(shown) - len(secret)
