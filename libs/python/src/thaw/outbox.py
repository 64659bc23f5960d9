"""Everything between a run's methods and the API: buffer, writer, spool, sender, and waiting for them."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any, Callable, Deque, Dict

from .api import Api
from .delivery import Report
from .sender import Sender
from .settings import Settings
from .spool import Spool
from .writer import Barrier, Call, Item, Writer

BUFFER_LIMIT = 200_000
"""Calls that may wait for the writer; more can only mean that the disk is stuck."""
WAKE_AT = 10_000
GIVE_UP_AFTER = 2.0
"""Seconds that an end waits for an API that does not answer at all."""


class Outbox:
    def __init__(self, settings: Settings, header: Dict[str, Any], report: Report) -> None:
        """header: { id, project, name, startedAt } of the run"""
        self._settings = settings
        self._report = report
        self._items: Deque[Item] = deque()
        self._emptied = False
        barriers: Deque[Barrier] = deque()
        self._spool = self._open_spool({"url": settings.url, "pid": os.getpid(), "host": socket.gethostname(), **header})
        self._sender = Sender(header["id"], self._spool, Api(settings), barriers, report)
        self._writer = Writer(header["id"], self._items, self._spool, barriers, self._sender.wake.set, report)

    @property
    def spool(self) -> Spool:
        return self._spool

    @property
    def folder(self) -> Path:
        return self._spool.path.parent

    def start(self) -> None:
        self._writer.start()
        self._sender.start()

    def put(self, operation: str, payload: Callable[[], Any]) -> None:
        """payload is called on the writer's thread, and gives something for JSON."""
        self._items.append(Call(operation, payload))

    def put_point(self, at: float, step: int, values: Dict[str, float]) -> None:
        """Takes a microsecond: an append to a deque needs no lock."""
        items = self._items
        if len(items) >= BUFFER_LIMIT:
            return self._report("buffer", f"Metrics are dropped: {BUFFER_LIMIT} calls wait to be written to {self.folder} already.")
        items.append((at, step, values))
        if len(items) > WAKE_AT and not self._writer.wake.is_set():
            self._writer.wake.set()

    def flush(self, timeout: float) -> bool:
        """Waits until all that was put so far is sent."""
        if self._emptied:
            return True
        barrier = Barrier()
        self._items.append(barrier)
        self._writer.wake.set()
        self._sender.hurry()
        self._sender.wake.set()
        start = time.monotonic()
        while not barrier.reached.wait(0.05):
            now = time.monotonic()
            away = self._sender.away_since
            if now - start > timeout or (away is not None and now - max(away, start) > GIVE_UP_AFTER) or not self._writer.is_alive():
                break
        self._sender.calm()
        return barrier.reached.is_set()

    def empty(self, timeout: float) -> bool:
        """Waits until all is sent, then lets go of threads and file. False: they stay, and so does what is unsent."""
        if not self.flush(timeout):
            return False
        if not self._emptied:
            self._emptied = True
            for thread in (self._writer, self._sender):
                thread.end()
                thread.join(1.0)
            self._spool.remove()
        return True

    def _open_spool(self, header: Dict[str, Any]) -> Spool:
        """Somewhere at least: a home that cannot be written to must not stop a training."""
        try:
            return Spool.create(self._settings.spool, header["id"], header, self._settings.spool_limit)
        except OSError as error:
            folder = Path(tempfile.mkdtemp(prefix="thaw-spool-"))
            self._report("spool", f"{self._settings.spool} cannot be written to ({error}); the run is kept in {folder} until it is sent.")
            return Spool.create(folder, header["id"], header, self._settings.spool_limit)
