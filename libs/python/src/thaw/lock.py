"""A lock on an open file that ends with the process, however it ends."""

from __future__ import annotations

try:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False

except ImportError:  # Windows
    import msvcrt
    import os

    def try_lock(descriptor: int) -> bool:
        # Far behind the content: a locked byte cannot be read by others.
        os.lseek(descriptor, 1 << 40, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            return True
        except OSError:
            return False
