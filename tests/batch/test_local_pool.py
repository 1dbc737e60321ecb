"""Both engines give the same bytes, and papermill knows the one of the project."""

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
import pytest
from wenxiao.batch import LocalPool, Outcome, Run, plan
from wenxiao.batch.local_pool import Engine
from wenxiao.project.workspace import Workspace

pytestmark = pytest.mark.timeout(300)
ENGINES: tuple[Engine, ...] = ("wenxiao", "kernel")
MADE = ("report.html", "report.ipynb", "results.json")


@pytest.mark.acceptance
@pytest.mark.parametrize("kind", ["fixture", "report"])
def test_the_same_bytes(tmp_path: Path, run_in: Callable[..., Run], checkout: Path, kind: str) -> None:
    """Whatever a cell may show, and a report with charts: page, notebook and results are byte for byte the same."""
    content: dict[Engine, dict[str, bytes]] = {}
    for engine in ENGINES:
        if kind == "fixture":
            run = run_in(tmp_path, "showing", engine)
        else:
            selected = ["district_report/linyi-2021--兰山区"]
            (run,) = plan(Workspace(checkout), selected, str(tmp_path / engine))
        outcomes = [e for e in LocalPool(1, engine=engine).execute([run]) if isinstance(e, Outcome)]
        assert [outcome.failure for outcome in outcomes] == [None]
        content[engine] = {name: (run.folder / name).read_bytes() for name in MADE}
    for name in MADE:
        assert content["wenxiao"][name] == content["kernel"][name], name


def test_papermill_knows_the_engine(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`papermill --engine wenxiao` gives what its own engine gives; an error in a cell is papermill's error."""
    fixtures = checkout / "tests" / "fixtures" / "notebooks"
    monkeypatch.chdir(tmp_path)
    outputs = {}
    for engine in ("wenxiao", None):
        executed = papermill.execute_notebook(
            fixtures / "showing.ipynb",
            tmp_path / "out.ipynb",
            {"place": "甲县"},
            engine_name=engine,
            progress_bar=False,
        )
        outputs[engine] = [
            [output.get("data", {}) for output in cell.get("outputs", ()) if output.output_type != "stream"]
            for cell in executed.cells
        ]
        assert nbformat.read(tmp_path / "out.ipynb", as_version=4).metadata.papermill.exception is None
    assert outputs["wenxiao"] == outputs[None]
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        papermill.execute_notebook(
            fixtures / "raising.ipynb", tmp_path / "bad.ipynb", engine_name="wenxiao", progress_bar=False
        )
    with pytest.raises(papermill.PapermillExecutionError, match="SIGKILL"):
        papermill.execute_notebook(
            fixtures / "killed.ipynb", tmp_path / "bad.ipynb", engine_name="wenxiao", progress_bar=False
        )


@pytest.mark.acceptance
def test_widgets_run_in_a_kernel(tmp_path: Path, run_in: Callable[..., Run]) -> None:
    """A notebook that needs a kernel gets one, and why is said."""
    run = run_in(tmp_path, "ok")
    source = nbformat.read(run.source, as_version=4)
    source.cells[2].source += "\nimport ipywidgets"
    nbformat.write(source, run.source)
    pool = LocalPool(1)
    assert pool.in_kernels([run]) == {"ok": "it uses widgets (ipywidgets)"}
    outcomes = [event for event in pool.execute([run]) if isinstance(event, Outcome)]
    assert [outcome.failure for outcome in outcomes] == [None]
    assert '"engine": "kernel"' in (run.folder / "manifest.json").read_text(encoding="utf-8")
    shutil.rmtree(run.folder)
