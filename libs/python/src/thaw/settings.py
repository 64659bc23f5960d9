"""What the environment says; an argument of ``start_run`` goes before it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Union

DEFAULT_URL = "http://127.0.0.1:4000"


@dataclass(frozen=True)
class Settings:
    url: str
    """Address of the API, such as http://127.0.0.1:4000, without a slash at its end."""
    token: Optional[str]
    spool: Path
    """The folder where records wait for the API."""
    exit_wait: float
    """Seconds that the end of a run, and of the script, may wait for what is still to be sent."""
    spool_limit: int
    """Bytes the folder may hold; beyond it metrics are dropped, and said to be."""


def read_settings(url: Optional[str] = None, spool: Union[str, Path, None] = None) -> Settings:
    return Settings(
        url=(url or os.environ.get("THAW_URL") or DEFAULT_URL).rstrip("/"),
        token=os.environ.get("THAW_TOKEN") or None,
        spool=Path(spool or os.environ.get("THAW_SPOOL") or Path.home() / ".thaw" / "spool" / "python").expanduser(),
        exit_wait=_number("THAW_DRAIN_MS", 10_000) / 1000,
        spool_limit=int(_number("THAW_SPOOL_BYTES", 2e9)),
    )


def _number(name: str, default: float) -> float:
    try:
        return max(0.0, float(os.environ.get(name) or default))
    except ValueError:
        return default
