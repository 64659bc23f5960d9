"""A thread that sends a run's spool, for as long as it takes."""

from __future__ import annotations

import random
import threading
import time
from typing import Deque, Optional

from .api import Api, Unreachable
from .delivery import Delivery, Report
from .spool import Spool
from .writer import Barrier

PATIENCE = 3
"""Failures in a row before the script is told: a restart of the API passes unnoticed."""


class Sender(threading.Thread):
    def __init__(self, run_id: str, spool: Spool, api: Api, barriers: Deque[Barrier], report: Report) -> None:
        super().__init__(name=f"thaw-sender-{run_id[-8:]}", daemon=True)
        self.wake = threading.Event()
        self.over = False
        self.away_since: Optional[float] = None
        """time.monotonic() of the first of the latest failures in a row."""
        self._spool = spool
        self._barriers = barriers
        self._api = api
        self._delivery = Delivery(spool, api, report)
        self._report = report
        self._skip_pause = threading.Event()

    def hurry(self) -> None:
        """Somebody waits: attempts follow one another quickly."""
        self._skip_pause.set()

    def calm(self) -> None:
        self._skip_pause.clear()

    def end(self) -> None:
        self.over = True
        self._skip_pause.set()
        self.wake.set()

    def run(self) -> None:
        failures = 0
        while not self.over:
            try:
                while not self.over and self._delivery.step():
                    failures = 0
                    self.away_since = None
                    self._pass_barriers()
                self._pass_barriers()
                self.wake.wait()
                self.wake.clear()
            except Exception as error:  # noqa: BLE001 whatever it is, the records stay in the spool
                if self.over:
                    break
                self.away_since = self.away_since or time.monotonic()
                failures += 1
                if failures == PATIENCE or not isinstance(error, Unreachable):
                    message = str(error) if isinstance(error, Unreachable) else f"{type(error).__name__}: {error}"
                    self._report("away", f"{message} Until then the run is kept in {self._spool.path.parent}.")
                self._skip_pause.wait(min(5.0, 0.1 * 2 ** min(failures, 10)) * (0.75 + random.random() / 2))
                if self._skip_pause.is_set():
                    time.sleep(0.15)
        self._api.close()

    def _pass_barriers(self) -> None:
        while self._barriers and self._spool.completed >= self._barriers[0].after:
            self._barriers.popleft().reached.set()
