"""Which requirements of a lock go into a bundle."""

import re
from pathlib import Path

import pytest

from scripts.bundle.locked import Locked, applying, behind, locked
from scripts.bundle.target import Target
from scripts.bundle.wheels import fits, own, sha256

LOCK = r"""annotated==1.0 \
    --hash=sha256:{a} \
    --hash=sha256:{b}
    # via wenxiao (pyproject.toml)
builder==2.0 \
    --hash=sha256:{a}
    # via wenxiao (pyproject.toml:build)
colours==3.0 ; sys_platform == 'win32' \
    --hash=sha256:{a}
    # via
    #   annotated
    #   builder
path-spec==4.0 \
    --hash=sha256:{a}
    # via builder
soup==5.0 ; python_full_version < '3.11.5' \
    --hash=sha256:{a}
    # via annotated
soup==6.0 ; python_full_version >= '3.11.5' \
    --hash=sha256:{a}
    # via annotated
""".replace("{a}", "a" * 64).replace("{b}", "b" * 64)


def names(requirements: list[Locked]) -> list[str]:
    """Names and versions."""
    return [f"{each.name} {each.version}" for each in requirements]


def test_what_only_builds_stays_out() -> None:
    """Kept is what the project asks for to run, and what that asks for in turn."""
    assert names(locked(LOCK)) == ["annotated 1.0", "colours 3.0", "soup 5.0", "soup 6.0"]


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        (Target("linux", "3.11"), ["annotated 1.0", "soup 5.0", "soup 6.0"]),
        (Target("linux-arm", "3.12"), ["annotated 1.0", "soup 6.0"]),
        (Target("windows", "3.12"), ["annotated 1.0", "colours 3.0", "soup 6.0"]),
    ],
)
def test_markers_are_those_of_the_target(target: Target, kept: list[str]) -> None:
    """What a system does not need is left out; what some patch of its Python needs is in."""
    assert names(applying(locked(LOCK), target)) == kept


def test_lines_for_pip_keep_hashes() -> None:
    """With the marker for the machine that installs, without it for the one that fetches."""
    first, second, *_rest = locked(LOCK)
    assert first.text(marker=True).splitlines() == [
        "annotated==1.0 \\",
        f"    --hash=sha256:{'a' * 64} \\",
        f"    --hash=sha256:{'b' * 64}",
    ]
    assert second.text(marker=True).startswith('colours==3.0 ; sys_platform == "win32" \\\n')
    assert second.text(marker=False).startswith("colours==3.0 \\\n")


def test_a_lock_that_is_behind_is_told() -> None:
    """What pyproject.toml asks for and no pin is there for."""
    assert behind(locked(LOCK), '[project]\ndependencies = ["Annotated>=1", "new-one>=2"]') == ["new-one"]


def test_the_own_lock_is_read_whole(checkout: Path) -> None:
    """Every pin of requirements.lock that is no tool for building is in one bundle or another."""
    text = (checkout / "requirements.lock").read_text(encoding="utf-8")
    kept = {each.name for each in locked(text)}
    assert {"jupyterlab", "pandas", "colorama", "pywinpty"} <= kept
    pinned = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    assert pinned - kept == {"editables", "hatchling", "pathspec", "pluggy", "tomlkit", "trove-classifiers"}


def test_a_wheel_must_fit_and_be_known(tmp_path: Path) -> None:
    """The name, the version, the system and the hash are all looked at."""
    wheel = tmp_path / "annotated-1.0-py3-none-any.whl"
    wheel.write_bytes(b"x")
    text = LOCK.replace("a" * 64, sha256(b"x"), 1)
    right, *others = locked(text)
    target = Target("linux", "3.11")
    assert fits(wheel, right, target)
    assert not any(fits(wheel, each, target) for each in others)
    assert not fits(wheel, locked(LOCK)[0], target)
    foreign = wheel.rename(tmp_path / "annotated-1.0-cp311-cp311-win_amd64.whl")
    assert not fits(foreign, right, target)
    assert fits(foreign, right, Target("windows", "3.11"))
    assert own(foreign) == f"annotated==1.0 \\\n    --hash=sha256:{sha256(b'x')}\n"
