"""Ways a script ends, and what they make of its runs."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
import traceback
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, List, Optional, Tuple, Type

if TYPE_CHECKING:
    from .run import Run

_runs: "List[Run]" = []
"""Those of this process that have not been sent whole."""
_installed = False
_crash: Optional[Tuple[str, Optional[str]]] = None

Outcome = Tuple[str, Optional[str]]
"""Status and error."""


def watch(run: "Run") -> None:
    global _installed
    _runs.append(run)
    if not _installed:
        _installed = True
        atexit.register(_at_exit)
        _wrap_excepthook()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_after_fork)
    # A script with a handler of its own may want to go on after the signal: its end is told by atexit then.
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _on_sigterm)


def unwatch(run: "Run") -> None:
    if run in _runs:
        _runs.remove(run)


def current_run() -> "Optional[Run]":
    """The one started last that has not ended."""
    return next((run for run in reversed(_runs) if run.status == "RUNNING"), None)


def outcome(kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> Outcome:
    if kind is None or error is None:
        return "FINISHED", None
    if issubclass(kind, KeyboardInterrupt):
        return "CANCELLED", "KeyboardInterrupt"
    if issubclass(kind, SystemExit):
        code = getattr(error, "code", None)
        return ("FINISHED", None) if code in (None, 0) else ("FAILED", f"The script ended with sys.exit({code!r}).")
    if issubclass(kind, GeneratorExit):
        return "FINISHED", None
    return "FAILED", "".join(traceback.format_exception(kind, error, trace))


def _at_exit() -> None:
    _end_all(*(_crash or ("FINISHED", None)))


def _end_all(status: str, error: Optional[str]) -> None:
    """All of them together wait no longer than one may."""
    runs = list(_runs)
    end = time.monotonic() + max((run.settings.exit_wait for run in runs), default=0.0)
    for run in runs:
        left = max(0.0, end - time.monotonic())
        if run.status == "RUNNING":
            run.finish(status, error, timeout=left)
        else:
            run._settle(left)


def _on_sigterm(signum: int, frame: Optional[FrameType]) -> None:
    # On a thread of its own: the signal may have come while this one held a lock that ending needs.
    ending = threading.Thread(target=_end_all, args=("CANCELLED", "The script was stopped by SIGTERM."), daemon=True)
    ending.start()
    ending.join(max((run.settings.exit_wait for run in _runs), default=0.0) + 1.0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)


def _wrap_excepthook() -> None:
    before = sys.excepthook

    def hook(kind: Type[BaseException], error: BaseException, trace: Any) -> None:
        global _crash
        _crash = outcome(kind, error, trace)
        before(kind, error, trace)

    sys.excepthook = hook


def _after_fork() -> None:
    global _crash
    _crash = None
    for run in _runs:
        run._disown()
    _runs.clear()
