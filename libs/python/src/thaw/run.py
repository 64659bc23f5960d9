"""A run as the script sees it. Only ``start_run`` raises; only ``flush`` and ``finish`` wait, and no longer than they may."""

from __future__ import annotations

import logging
import math
import threading
import time as clock
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Sequence, Set, Type, Union
from urllib.parse import quote

from . import exits, facts
from .artifacts import Files, artifact, confusion_json, count_confusions, table_json
from .ids import new_id
from .leftovers import send_leftovers_in_background
from .outbox import Outbox
from .pictures import take_picture
from .settings import Settings, read_settings
from .values import LARGEST_STEP, check_key, check_step, merge, to_json, to_number, to_text

log = logging.getLogger("thaw")

MOST_PROBLEMS = 100


def start_run(
    project: str = "default",
    name: Optional[str] = None,
    config: Optional[Mapping[str, Any]] = None,
    *,
    tags: Iterable[str] = (),
    notes: Optional[str] = None,
    dataset: Optional[str] = None,
    dataset_version: Optional[int] = None,
    backbone: Optional[str] = None,
    parent_run: Optional[str] = None,
    url: Optional[str] = None,
    spool: Union[str, Path, None] = None,
) -> "Run":
    """Starts a run; use it in a ``with``, or call its ``finish``. The API need not be there.

    config: anything nested; what has no JSON form is kept as its text. dataset, backbone: names that Thaw knows.
    url: of the API; default THAW_URL, else http://127.0.0.1:4000. spool: folder; default THAW_SPOOL.
    Raises TypeError or ValueError for a project or name that is no name: nothing has been trained yet.
    """
    _check_name("project", project)
    if name is not None:
        _check_name("name", name)
    texts = {"notes": notes, "dataset": dataset, "backbone": backbone, "parentRun": parent_run}
    details: Dict[str, Any] = {key: to_text(str(text)) for key, text in texts.items() if text is not None}
    if dataset_version is not None:
        details["datasetVersion"] = dataset_version
    return Run(read_settings(url, spool), project, name, to_json(dict(config or {})), [tags] if isinstance(tags, str) else list(tags), details)


class Run:
    """Made by ``start_run``."""

    def __init__(self, settings: Settings, project: str, name: Optional[str], config: Dict[str, Any], tags: List[str], details: Dict[str, Any]) -> None:
        self.id = new_id()
        self.project = project
        self.name = name or f"run-{self.id[-8:]}"
        self.config = config
        self.tags = [to_text(str(tag)) for tag in tags]
        self.status = "RUNNING"
        self.problems: List[str] = []
        """What went wrong with logging so far, each kind once."""
        self.settings = settings
        self._kinds: Set[str] = set()
        self._keys: Set[str] = set()
        self._next_step = 0
        self._notes = details.get("notes", "")
        self._foreign = False
        """True in a process forked from the one that started the run, and in a pickled copy."""
        self._ending = threading.RLock()
        started = _now()
        self._outbox = Outbox(settings, {"id": self.id, "project": project, "name": self.name, "startedAt": started}, self._report)
        first = {"id": self.id, "project": project, "name": self.name, "config": to_json(config), "tags": list(self.tags), "startedAt": started, **details}
        self._outbox.put("create", lambda: {**first, "gitCommit": facts.git_commit(), "environment": to_json(facts.environment())})
        exits.watch(self)
        self._outbox.start()
        send_leftovers_in_background(settings)

    @property
    def url(self) -> str:
        """Its page."""
        return f"{self.settings.url}/p/{quote(self.project, safe='')}/runs/{self.id}"

    def log(self, metrics: Mapping[str, Any], step: Optional[int] = None, *, time: Optional[float] = None) -> None:
        """Logs numbers by key, such as ``{"train/loss": 0.3}``; nested dicts join their keys with "/".

        step: a whole number, usually the epoch or the global step; default: one more than that of the last call, from 0.
        time: seconds since the epoch; default: now. A value that is no number is left out, and said to be, once.
        """
        try:
            if self.status != "RUNNING" or self._foreign:
                return self._refuse("log")
            if step is None:
                step = self._next_step
            elif type(step) is not int or abs(step) > LARGEST_STEP:
                step = check_step(step)
            values: Dict[str, float] = {}
            known = self._keys
            for key, value in metrics.items():
                if type(value) is float and key in known:
                    values[key] = value
                else:
                    self._take(key, value, values)
            at = clock.time() if time is None else float(time)
            if not math.isfinite(at):
                raise ValueError(f"the time {at} is no moment")
            self._next_step = step + 1
            self._outbox.put_point(at, step, values)
        except Exception as error:  # noqa: BLE001 a wrong call must not end a training
            self._report(f"log {type(error).__name__}", f"A call of log was left out: {error}. It takes a dict of numbers and a whole step.")

    def log_image(self, name: str, image: Any, *, caption: Optional[str] = None) -> None:
        """image: a path, bytes, a PIL image, a matplotlib figure, or an array (see pictures.take_picture). The same name replaces."""

        def files() -> Callable[[], Files]:
            picture = take_picture(image)
            return lambda: dict([(f"image.{ending}", content) for ending, content in [picture()]])

        self._artifact(name, "IMAGE", files, {"caption": caption} if caption else None)

    def log_table(self, name: str, rows: Any, columns: Optional[Sequence[str]] = None) -> None:
        """rows: a DataFrame, dicts, a dict of columns, or lists together with columns."""
        self._artifact(name, "TABLE", lambda: _file("table.json", table_json(columns, rows)))

    def log_confusion_matrix(
        self,
        name: str,
        matrix: Any = None,
        classes: Optional[Sequence[Any]] = None,
        *,
        truth: Optional[Iterable[Any]] = None,
        predicted: Optional[Iterable[Any]] = None,
    ) -> None:
        """Either matrix, of counts, rows true and columns predicted, or truth and predicted, labels of equal length."""

        def files() -> Callable[[], Files]:
            if matrix is None and truth is not None and predicted is not None:
                return _file("confusion-matrix.json", confusion_json(*count_confusions(truth, predicted, classes)))
            return _file("confusion-matrix.json", confusion_json(matrix, classes))

        self._artifact(name, "CONFUSION_MATRIX", files)

    def log_text(self, name: str, text: str) -> None:
        self._artifact(name, "TEXT", lambda: _file("text.txt", str(text).encode("utf-8", "replace")))

    def log_file(self, path: Union[str, Path], name: Optional[str] = None, *, kind: str = "FILE") -> None:
        """A file, or a folder with all that is in it. It is copied in the background: leave it as it is until then (``flush``)."""
        source = Path(path)

        def files() -> Callable[[], Files]:
            if not source.exists():
                raise FileNotFoundError(f"there is nothing at {source}")
            return lambda: {p.relative_to(source).as_posix(): p for p in sorted(source.rglob("*")) if p.is_file()} if source.is_dir() else {source.name: source}

        self._artifact(name or source.name, kind, files)

    def tag(self, *tags: str) -> None:
        """Adds tags."""
        if self._usable("tag"):
            self.tags = list(dict.fromkeys([*self.tags, *(to_text(str(tag)) for tag in tags)]))
            all_tags = self.tags
            self._outbox.put("update", lambda: {"id": self.id, "tags": all_tags})

    def note(self, text: str) -> None:
        """Adds a paragraph to the notes."""
        if self._usable("note"):
            self._notes = notes = f"{self._notes}\n\n{to_text(str(text))}".strip()
            self._outbox.put("update", lambda: {"id": self.id, "notes": notes})

    def update_config(self, config: Mapping[str, Any]) -> None:
        """Merges over the config, dicts within dicts too."""
        if self._usable("update_config"):
            try:
                change = to_json(dict(config))
            except Exception as error:  # noqa: BLE001
                return self._report("config", f"A config was left out: {error}.")
            merge(self.config, change)
            self._outbox.put("update", lambda: {"id": self.id, "config": change})

    def flush(self, timeout: Optional[float] = None) -> bool:
        """Waits until the API has all that was logged so far. timeout: seconds; default: THAW_DRAIN_MS, else 10 s. False when it has not."""
        if self._foreign:
            return False
        return self._outbox.flush(self.settings.exit_wait if timeout is None else timeout)

    def finish(self, status: str = "FINISHED", error: Optional[str] = None, *, final_metrics: Optional[Mapping[str, Any]] = None, timeout: Optional[float] = None) -> None:
        """Ends the run and waits, at most timeout seconds, until the API knows. A second call changes nothing.

        status: FINISHED, FAILED or CANCELLED. error: for the latter two. final_metrics: default the last value of each key.
        """
        if self._foreign:
            return
        with self._ending:
            if self.status != "RUNNING":
                return
            if status not in ("FINISHED", "FAILED", "CANCELLED"):
                self._report("status", f"A run cannot end as {status!r}: it is FINISHED, FAILED or CANCELLED. It ends as FAILED.")
                status, error = "FAILED", error or f"ended as {status!r}"
            self.status = status
        end: Dict[str, Any] = {"id": self.id, "status": status, "endedAt": _now()}
        if error and status != "FINISHED":
            end["error"] = to_text(str(error))
        if final_metrics is not None:
            finals: Dict[str, float] = {}
            for key, value in dict(final_metrics).items():
                self._take(key, value, finals)
            end["finalMetrics"] = [{"key": key, "value": value if math.isfinite(value) else to_json(value)} for key, value in finals.items()]
        self._outbox.put("finish", lambda: end)
        self._settle(self.settings.exit_wait if timeout is None else timeout)

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        self.finish(*exits.outcome(kind, error, trace))

    def __repr__(self) -> str:
        return f"<thaw run {self.project}/{self.name} {self.status} {self.id}>"

    def __getstate__(self) -> Dict[str, Any]:
        """A copy for another process has nothing to log to, but may be called."""
        left_out = ("_outbox", "_ending")
        return {**{key: value for key, value in self.__dict__.items() if key not in left_out}, "_foreign": True}

    def _settle(self, timeout: float) -> None:
        if self._outbox.empty(timeout):
            exits.unwatch(self)
        else:
            self._report("unsent", f"Not all of run {self.name} is sent to {self.settings.url}. It is kept in {self._outbox.folder}; send it with: python -m thaw sync")

    def _take(self, key: Any, value: Any, into: Dict[str, float]) -> None:
        if isinstance(value, Mapping):
            for inner, each in value.items():
                self._take(f"{key}/{inner}", each, into)
            return
        try:
            if key not in self._keys:
                self._keys.add(check_key(key))
        except (TypeError, ValueError) as error:
            return self._report(f"key {key!r}", f"A value was not logged: {error}.")
        try:
            into[key] = to_number(value)
        except Exception as error:  # noqa: BLE001 an object may raise anything when asked for its number
            self._report(f"value {key}", f"{key} was not logged: {error}. A metric is a number, such as a float or a tensor of one element.")

    def _artifact(self, name: str, kind: str, files: Callable[[], Callable[[], Files]], metadata: Optional[Dict[str, Any]] = None) -> None:
        if not self._usable(f"log of {name}"):
            return
        try:
            _check_name("name", name)
            self._outbox.put("artifact", artifact(self._outbox.spool, self.id, name, kind, files(), metadata))
        except Exception as error:  # noqa: BLE001
            self._report(f"artifact {name}", f"{name} was not logged: {error}.")

    def _usable(self, what: str) -> bool:
        if self.status == "RUNNING" and not self._foreign:
            return True
        self._refuse(what)
        return False

    def _refuse(self, what: str) -> None:
        if self._foreign:
            self._report("forked", f"{what} was left out: run {self.name} belongs to the process that started it; this one was forked from it.")
        else:
            self._report("ended", f"{what} was left out: run {self.name} has ended as {self.status}.")

    def _report(self, kind: str, message: str) -> None:
        if kind in self._kinds or len(self.problems) >= MOST_PROBLEMS:
            return
        self._kinds.add(kind)
        self.problems.append(message)
        try:
            log.warning("%s", message)
        except Exception:  # noqa: BLE001 a filter of the script's own
            pass

    def _disown(self) -> None:
        """In a forked child."""
        self._foreign = True


def _file(path: str, content: bytes) -> Callable[[], Files]:
    return lambda: {path: content}


def _check_name(field: str, name: Any) -> None:
    """The API's rule for names."""
    if not isinstance(name, str):
        raise TypeError(f"{field} is {name!r}; it must be a string")
    if not name.strip() or name != name.strip() or len(name) > 200 or any(character < " " or character == "\x7f" for character in name):
        raise ValueError(f"{field} is {name[:200]!r}; it must have 1 to 200 characters, with no space at either end and no line break")


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
