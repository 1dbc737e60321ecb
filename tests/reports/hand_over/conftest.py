"""Made-up (synthetic) projects for the hand-over: hostile text, 150 districts, a city scored by indicator; a Word file."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.report import document
from wenxiao.reports.hand_over.pictures import pictures

from tests.reports import trial
from tests.reports.hand_over import made


def _made(folder: Path, build: Callable[[Path], None]) -> Evaluation:
    build(folder)
    return evaluate(load_project(folder), load_profile("national"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """A project in whose every text stands something that is no plain text."""
    return _made(tmp_path_factory.mktemp("made") / trial.FOLDER, trial.hostile)


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """A project of 150 made-up districts."""
    return _made(tmp_path_factory.mktemp("made") / trial.WIDE, trial.wide)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """虚构示例: a made-up city of twelve districts scored by indicator."""
    return _made(tmp_path_factory.mktemp("made") / "example-city", made.city)


@pytest.fixture(scope="session")
def bytes_of() -> Callable[[Delivery], bytes]:
    """Makes the Word file of a delivery."""
    return lambda delivery: document(delivery, pictures(delivery))


@pytest.fixture(scope="session")
def reported(linyi: Evaluation, bytes_of: Callable[[Delivery], bytes]) -> bytes:
    """The internal report on 临沂."""
    return bytes_of(Delivery(linyi, run="linyi-2021"))


@pytest.fixture
def opened(reported: bytes) -> Document:
    """The same, opened."""
    return docx.Document(io.BytesIO(reported))
