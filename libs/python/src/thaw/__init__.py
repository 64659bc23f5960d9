"""Log runs of any training script to Thaw; see ``start_run``.

``thaw.keras`` and ``thaw.lightning`` are imported when first named, with the library they are for.
"""

from __future__ import annotations

import importlib
from typing import Any

from .api import Refused, ThawError, Unreachable
from .exits import current_run
from .read import metrics, query, runs
from .run import Run, start_run

__version__ = "0.1.0"
__all__ = ["Refused", "Run", "ThawError", "Unreachable", "current_run", "keras", "lightning", "metrics", "query", "runs", "start_run"]


def __getattr__(name: str) -> Any:
    if name in ("keras", "lightning"):
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module 'thaw' has no attribute {name!r}")
