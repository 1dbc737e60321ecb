"""Secrets in parameters: named in the file, taken from the environment by the notebook, never written to an output."""

from __future__ import annotations

import html
import json
import os
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from wenxiao.batch.run import Run
from wenxiao.model.errors import Problem

_REFERENCE = re.compile(r"\$\{ENV:([A-Za-z_][A-Za-z0-9_]*)\}")
_SHORTEST = 6  # a shorter text stands in a report by chance, and would be struck out there
STRUCK = "［已隐去］"


def variable_of(value: object) -> str:
    """The environment variable that a parameter's value names as `${ENV:NAME}`; empty for any other value.

    >>> variable_of("${ENV:DATABASE_PASSWORD}"), variable_of("data/mudan-2023")
    ('DATABASE_PASSWORD', '')
    """
    match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else ""


def secret_problems(parameters: Mapping[str, object], file: str) -> Iterable[Problem]:
    """Secrets that the environment does not have, or that are too short to be found again in an output."""
    for name, value in parameters.items():
        variable = variable_of(value)
        held = os.environ.get(variable, "") if variable else ""
        if variable and len(held) < _SHORTEST:
            yield Problem(
                f"{name} 所指的环境变量{'太短' if held else '没有设置'}",
                file=file,
                value=variable,
                rule=f"密钥从环境变量读取，至少 {_SHORTEST} 个字符",
                remedy=f"运行前设置环境变量 {variable}",
            )


def secrets_of(run: Run) -> tuple[str, ...]:
    """The secrets of a run, in every spelling an output may have them in, longest first."""
    variables = filter(None, map(variable_of, run.parameters.values()))
    held = {os.environ[name] for name in variables if os.environ.get(name)}
    spellings = {
        spelling
        for secret in held
        for spelling in (
            secret,
            html.escape(secret),
            html.escape(secret, quote=False),
            repr(secret)[1:-1],
            json.dumps(secret)[1:-1],
            json.dumps(secret, ensure_ascii=False)[1:-1],
            repr(secret.encode())[2:-1],
            quote(secret),
            quote(secret, safe=""),
            quote_plus(secret),
            *_in_base64(secret),
        )
    }
    return tuple(sorted((each for each in spellings if len(each) >= _SHORTEST), key=len, reverse=True))


def _in_base64(secret: str) -> Iterator[str]:
    """What of a secret stands in base64, however many bytes are before it, in either alphabet."""
    for before in range(3):
        whole = b"\0" * before + secret.encode()
        whole = whole[: len(whole) - len(whole) % 3]
        for encode in (b64encode, urlsafe_b64encode):
            # The first signs depend on what is before, and the last bytes on what follows.
            yield encode(whole).decode()[4 if before else 0 :]


def without_secrets(value: Any, secrets: tuple[str, ...]) -> Any:
    """The value, and all it holds, without the secrets."""
    return _struck(value, secrets) if secrets else value


def _struck(value: Any, secrets: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, STRUCK)
        return value
    if isinstance(value, dict):
        for key, each in list(value.items()):
            clean = _struck(key, secrets)
            if clean != key:
                del value[key]
            value[clean] = _struck(each, secrets)
        return value
    if isinstance(value, list | tuple):
        return type(value)(_struck(each, secrets) for each in value)
    return value
