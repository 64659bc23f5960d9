"""Points as the API takes them: columns of float64, little-endian, in base64, which keep every bit and NaN."""

from __future__ import annotations

import base64
import json
import sys
import time
from array import array
from typing import Dict, Iterable, List, Tuple

Point = Tuple[float, int, Dict[str, float]]
"""Seconds since the epoch, step, values by key."""

YIELD_EVERY = 50
"""Python threads share one interpreter: a pause of no length lets the training go first."""


def to_columns(points: Iterable[Point]) -> bytes:
    """JSON of ``[{ key, steps, times, values }, …]``, keys in order of appearance."""
    columns: Dict[str, Tuple[array, array, array]] = {}
    for count, (at, step, values) in enumerate(points):
        for key, value in values.items():
            column = columns.get(key)
            if column is None:
                column = columns[key] = (array("d"), array("d"), array("d"))
            column[0].append(step)
            column[1].append(at)
            column[2].append(value)
        if count % YIELD_EVERY == 0:
            time.sleep(0)
    encoded: List[bytes] = []
    for count, (key, (steps, times, numbers)) in enumerate(columns.items()):
        encoded.append(b'{"key": %b, "steps": "%b", "times": "%b", "values": "%b"}' % (json.dumps(key).encode(), _pack(steps), _pack(times), _pack(numbers)))
        if count % YIELD_EVERY == 0:
            time.sleep(0)
    return b"[" + b", ".join(encoded) + b"]"


def _pack(column: array) -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return base64.b64encode(column.tobytes())
