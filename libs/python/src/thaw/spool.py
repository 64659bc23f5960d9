"""One append-only file per run: what is to be sent, in order, and how far it has been sent.

A line is ``<crc32 in hex> <operation> <JSON>``. ``sent {"to": N}`` says that the API has all records before byte N;
when that line is lost the records are sent again, which the API recognises by their ids. A line cut off by a crash
fails its checksum and is passed over. Whoever holds the lock on the file sends it: a process for its own runs, and
any process for the runs of dead ones.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import weakref
import zlib
from collections import deque
from pathlib import Path
from typing import Any, Deque, Dict, NamedTuple, Optional

from .lock import try_lock

SUFFIX = ".pyspool"
"""Thaw's TypeScript client may keep its own files in the same folder."""
COMPACT_AT = 4 << 20
"""Bytes: a file that is sent whole is emptied when it has grown past this."""
LEAST_LIMIT = 16 << 20
"""Bytes that a run may have however full the folder is."""
MEMORY_LIMIT = 64 << 20
"""Bytes kept in memory while the disk takes nothing."""


class SpoolFull(Exception):
    """The record was not kept."""


class Record(NamedTuple):
    end: int
    """Byte after the record; 0 for one that is only in memory."""
    operation: str
    payload: bytes


class Spool:
    def __init__(self, path: Path, descriptor: int, limit: int) -> None:
        self.path = path
        self.files = path.with_suffix(".files")
        """Folder of the artifacts' contents."""
        self.header: Dict[str, Any] = {}
        self.position = 0
        """Byte before which everything was sent."""
        self.finished = False
        """Its last word, a ``finish``, has been written."""
        self.damaged = 0
        """Unsent lines passed over because they were cut off or overwritten."""
        self.appended = 0
        self.completed = 0
        """Records of this process, and how many of them were sent."""
        self._descriptor = descriptor
        self._size = 0
        self._limit = limit
        self._torn = False
        self._lock = threading.Lock()
        self._memory: Deque[Record] = deque()
        self._memory_size = 0
        _open.add(self)

    @classmethod
    def create(cls, folder: Path, run_id: str, header: Dict[str, Any], limit: int) -> "Spool":
        """Raises OSError when the folder cannot be written to."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{run_id}{SUFFIX}"
        spool = cls(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | _BINARY, 0o600), max(limit - _bytes_in(folder), LEAST_LIMIT))
        if not try_lock(spool._descriptor):
            raise OSError(f"{path} cannot be locked")
        spool.header = header
        spool._write(_line("run", json.dumps(header).encode()))
        spool.position = spool._size
        return spool

    @classmethod
    def open(cls, path: Path, limit: int = 1 << 62) -> Optional["Spool"]:
        """The file of a dead process; None while its process lives, or when the file is gone."""
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)
        except FileNotFoundError:
            return None
        if not try_lock(descriptor) or not path.exists():
            os.close(descriptor)
            return None
        spool = cls(path, descriptor, limit)
        # In case the first line was lost.
        spool.header = {"url": "", "id": path.stem, "project": "", "name": path.stem}
        spool._scan()
        return spool

    def append(self, operation: str, payload: bytes, *, droppable: bool = False) -> None:
        """Raises SpoolFull for a droppable record that finds no room."""
        line = _line(operation, payload)
        with self._lock:
            if droppable and self._size - self.position + len(line) > self._limit:
                raise SpoolFull(f"{self._limit >> 20} MiB wait for the API already")
            if not self._memory:
                try:
                    self._write(line)
                    self.appended += 1
                    return
                except OSError as error:
                    reason = error
            else:
                reason = OSError("the disk takes nothing")
            if droppable and self._memory_size + len(line) > MEMORY_LIMIT:
                raise SpoolFull(f"{self.path}: {reason}")
            self._memory.append(Record(0, operation, payload))
            self._memory_size += len(line)
            self.appended += 1

    def next(self) -> Optional[Record]:
        """The oldest record that was not sent yet."""
        with self._lock:
            while self.position < self._size:
                record = self._read(self.position)
                if record is None:
                    break
                if record.operation not in ("", "run", "sent"):
                    return record
                self.damaged += record.operation == "" and record.end - self.position > len(b"\n")
                self.position = record.end
            return self._memory[0] if self._memory else None

    def sent(self, record: Record) -> None:
        """The API has it, or never will: it is not sent again."""
        with self._lock:
            self.completed += 1
            if record.end == 0:
                self._memory.popleft()
                self._memory_size -= len(_line(record.operation, record.payload))
                return
            self.position = record.end
            try:
                self._write(_line("sent", b'{"to": %d}' % record.end))
                if record.end + 100 > self._size > COMPACT_AT:
                    self._empty()
            except OSError:
                pass  # Sent again after a crash, and recognised by its id.

    @property
    def room(self) -> int:
        """Bytes that unsent records and files may still take."""
        return max(0, self._limit - (self._size - self.position) - _bytes_in(self.files))

    @property
    def modified(self) -> float:
        """Seconds since the epoch."""
        return os.fstat(self._descriptor).st_mtime

    def remove(self) -> None:
        """Everything was sent and the run has ended."""
        self.path.unlink(missing_ok=True)
        shutil.rmtree(self.files, ignore_errors=True)
        self.close()

    def close(self) -> None:
        """Lets go of the lock."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    def _write(self, line: bytes) -> None:
        written = os.write(self._descriptor, b"\n" + line if self._torn else line)
        self._size = os.lseek(self._descriptor, 0, os.SEEK_END)
        self._torn = written < len(line)
        if self._torn:
            raise OSError(f"{self.path}: only a part could be written; is the disk full?")

    def _read(self, position: int) -> Optional[Record]:
        """None for a line without an end."""
        line = bytearray()
        while not line.endswith(b"\n"):
            part = _pread(self._descriptor, 1 << 16, position + len(line))
            if not part:
                return None
            line += part[: part.find(b"\n") + 1] or part
        end = position + len(line)
        checksum, _, rest = bytes(line[:-1]).partition(b" ")
        if checksum != b"%08x" % zlib.crc32(rest):
            return Record(end, "", b"")
        operation, _, payload = rest.partition(b" ")
        return Record(end, operation.decode(), payload)

    def _scan(self) -> None:
        self._size = os.lseek(self._descriptor, 0, os.SEEK_END)
        position = sent = 0
        while position < self._size:
            record = self._read(position)
            if record is None:
                self._torn = True
                break
            if record.operation == "run":
                self.header = json.loads(record.payload)
            elif record.operation == "sent":
                sent = json.loads(record.payload)["to"]
            self.finished = self.finished or record.operation == "finish"
            position = record.end
        self.position = sent

    def _empty(self) -> None:
        os.ftruncate(self._descriptor, 0)
        self._torn = False
        self._write(_line("run", json.dumps(self.header).encode()))
        self.position = self._size


_BINARY = getattr(os, "O_BINARY", 0)
_open: "weakref.WeakSet[Spool]" = weakref.WeakSet()


def _after_fork() -> None:
    """The child has the parent's descriptors, and with them would hold its locks for longer than the parent lives."""
    for spool in list(_open):
        spool.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _bytes_in(folder: Path) -> int:
    """Files may come and go meanwhile."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(place, name)).st_size
            except OSError:
                pass
    return total


def _line(operation: str, payload: bytes) -> bytes:
    rest = operation.encode() + b" " + payload
    return b"%08x %b\n" % (zlib.crc32(rest), rest)


def _pread(descriptor: int, length: int, position: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, length, position)
    os.lseek(descriptor, position, os.SEEK_SET)
    return os.read(descriptor, length)
