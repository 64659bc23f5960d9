"""Runs that dead processes left in the spool: sent by whoever comes next."""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Iterator, List, Optional, Set, Tuple

from .api import Api, ThawError
from .delivery import Delivery
from .settings import Settings
from .spool import SUFFIX, Spool

RETRY_AFTER = 30.0
FOREIGN_QUIET = 600.0
"""Seconds: a file of another machine, whose locks may not reach this one, is left alone when younger."""
KILLED = "The script ended without a word: it was killed, or its machine stopped."


@dataclass
class Sent:
    run_id: str
    project: str
    name: str
    url: str
    records: int
    problems: List[str]
    error: Optional[str]
    """Why the rest still waits; None when all was sent."""


def send_leftovers(settings: Settings, *, url: Optional[str] = None, only_url: Optional[str] = None) -> Iterator[Sent]:
    """One by one. url: send to this API, not to the one the run was meant for. only_url: only runs meant for it."""
    for path in sorted(settings.spool.glob(f"*{SUFFIX}")):
        try:
            spool = Spool.open(path)
        except OSError as error:
            yield Sent(path.stem, "", path.stem, "", 0, [], f"{path} cannot be read: {error}")
            continue
        if spool is None:
            continue
        meant = str(spool.header["url"])
        if only_url is not None and meant != only_url:
            spool.close()
        elif _in_use_elsewhere(spool):
            spool.close()
            yield replace(_nothing(spool, meant), error=f"it may still be written to by {spool.header['host']}; wait ten minutes, or run sync there.")
        else:
            yield _send(spool, replace(settings, url=(url or meant or settings.url).rstrip("/")))


def send_leftovers_in_background(settings: Settings) -> None:
    """Once per process and API; ends when nothing is left."""
    place = (str(settings.spool), settings.url)
    if place in _begun:
        return
    _begun.add(place)

    def work() -> None:
        while True:
            try:
                if all(sent.error is None for sent in send_leftovers(settings, only_url=settings.url)):
                    return
            except Exception:  # noqa: BLE001 what is left is left for the next one
                pass
            time.sleep(RETRY_AFTER)

    threading.Thread(target=work, name="thaw-leftovers", daemon=True).start()


_begun: Set[Tuple[str, str]] = set()


def _in_use_elsewhere(spool: Spool) -> bool:
    return spool.header.get("host") not in (None, socket.gethostname()) and time.time() - spool.modified < FOREIGN_QUIET


def _nothing(spool: Spool, url: str) -> Sent:
    return Sent(spool.header["id"], spool.header["project"], spool.header["name"], url, 0, [], None)


def _send(spool: Spool, settings: Settings) -> Sent:
    """Ends a run whose script did not."""
    header = spool.header
    sent = _nothing(spool, settings.url)
    api = Api(settings)
    try:
        if not spool.finished:
            ended = datetime.fromtimestamp(spool.modified, timezone.utc).isoformat(timespec="milliseconds")
            # A file's time is a few milliseconds coarse: not before the start.
            ended = max(ended, header.get("startedAt", ""))
            spool.append("finish", json.dumps({"id": header["id"], "status": "FAILED", "error": KILLED, "endedAt": ended}).encode())
        delivery = Delivery(spool, api, lambda _, message: sent.problems.append(message))
        while delivery.step():
            sent.records += 1
        if spool.damaged:
            sent.problems.append(f"{spool.damaged} of its records were cut off when they were written, and are lost.")
        spool.remove()
    except (ThawError, OSError) as error:
        sent.error = str(error)
        spool.close()
    finally:
        api.close()
    return sent
