"""A thread that takes what a run was told and writes it to the run's spool."""

from __future__ import annotations

import json
import threading
from typing import Any, Callable, Deque, List, NamedTuple, Union

from .columns import Point, to_columns
from .delivery import Report
from .spool import Spool, SpoolFull

BATCH = 20_000
"""Points a batch, and so keys: the API takes 100,000 and 20,000."""
INTERVAL = 0.2
"""Seconds between two looks: what a ``kill -9`` can cost."""


class Call(NamedTuple):
    """A record other than metrics; its payload is made on the thread, since that may take time."""

    operation: str
    payload: Callable[[], Any]


class Barrier:
    """Reached when all that was told before it has been sent."""

    def __init__(self) -> None:
        self.after = -1
        """Records of the spool; -1 until the writer has come to it."""
        self.reached = threading.Event()


Item = Union[Point, Call, Barrier]


class Writer(threading.Thread):
    def __init__(self, run_id: str, items: Deque[Item], spool: Spool, barriers: Deque[Barrier], written: Callable[[], None], report: Report) -> None:
        super().__init__(name=f"thaw-writer-{run_id[-8:]}", daemon=True)
        self.wake = threading.Event()
        self.over = False
        self._run_id = run_id
        self._items = items
        self._spool = spool
        self._barriers = barriers
        self._written = written
        self._report = report
        self._batches = 0

    def end(self) -> None:
        self.over = True
        self.wake.set()

    def run(self) -> None:
        while not self.over:
            self.wake.wait(INTERVAL)
            self.wake.clear()
            try:
                while self._items:
                    self._write_next()
            except Exception as error:  # noqa: BLE001 a training must not lose its log to one bad record
                self._report("writer", f"A record was not kept: {type(error).__name__}: {error}")

    def _write_next(self) -> None:
        points: List[Point] = []
        count = 0
        while self._items and count < BATCH:
            item = self._items[0]
            if not isinstance(item, tuple) or isinstance(item, Call) or (points and count + len(item[2]) > BATCH):
                break
            self._items.popleft()
            at, step, values = item
            if len(values) > BATCH:
                some = list(values.items())
                values = dict(some[:BATCH])
                self._items.appendleft((at, step, dict(some[BATCH:])))
            points.append((at, step, values))
            count += len(values)
        if points:
            self._metrics(points, count)
            return
        item = self._items.popleft()
        if isinstance(item, Barrier):
            item.after = self._spool.appended
            self._barriers.append(item)
        elif isinstance(item, Call):
            self._spool.append(item.operation, json.dumps(item.payload()).encode())
        self._written()

    def _metrics(self, points: List[Point], count: int) -> None:
        self._batches += 1
        head = json.dumps({"runId": self._run_id, "batchId": f"{self._run_id}/{self._batches}"})[:-1]
        try:
            self._spool.append("metrics", b'%b, "columns": %b}' % (head.encode(), to_columns(points)), droppable=True)
        except SpoolFull as full:
            self._report("dropped", f"{count} points were dropped, and more may follow: {full}")
        self._written()
