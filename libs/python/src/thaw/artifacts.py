"""What is logged beside metrics, as files in the spool and the input of ``logArtifact``."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, Optional, Sequence, Tuple

from .spool import Spool
from .values import to_json

Files = Dict[str, "bytes | Path"]
"""Content, or where it is, by path within the artifact."""

_numbers = itertools.count(1)


def artifact(spool: Spool, run_id: str, name: str, kind: str, files: Callable[[], Files], metadata: Optional[Dict[str, Any]]) -> Callable[[], Dict[str, Any]]:
    """Makes the record ``{ input, local }``, having copied the files beside the spool. Raises ValueError when they find no room there."""

    def make() -> Dict[str, Any]:
        contents = files()
        size = sum(len(content) if isinstance(content, bytes) else content.stat().st_size for content in contents.values())
        if size > spool.room:
            raise ValueError(f"{name} has {size} bytes, and {spool.path.parent} may take {spool.room} more; THAW_SPOOL_BYTES says how many in all")
        spool.files.mkdir(exist_ok=True)
        local: List[str] = []
        inputs: List[Dict[str, str]] = []
        for path, content in contents.items():
            local.append(f"{os.getpid()}-{next(_numbers)}")
            inputs.append({"path": path, "sha256": _keep(content, spool.files / local[-1])})
        described = {"runId": run_id, "name": name, "kind": kind, "files": inputs, "metadata": to_json(metadata) if metadata else None}
        return {"input": described, "local": local}

    return make


def table_json(columns: Optional[Sequence[str]], rows: Any) -> bytes:
    """rows: a pandas DataFrame, an iterable of dicts, a dict of columns, or an iterable of rows as long as columns.

    Raises ValueError when a row has another length, TypeError when rows are none of these.
    """
    names, cells = _table(columns, rows)
    for index, row in enumerate(cells):
        if len(row) != len(names):
            raise ValueError(f"row {index} has {len(row)} values for {len(names)} columns")
    return json.dumps({"columns": names, "rows": to_json(cells)}).encode()


def confusion_json(matrix: Any, classes: Optional[Sequence[Any]]) -> bytes:
    """matrix: (classes, classes) counts, rows true, columns predicted. Raises ValueError when it is not square."""
    rows = [[int(cell) for cell in row] for row in matrix]
    names = [str(name) for name in (classes if classes is not None else range(len(rows)))]
    if any(len(row) != len(rows) for row in rows) or len(names) != len(rows):
        raise ValueError(f"a confusion matrix of {len(names)} classes is {len(names)} × {len(names)}, not {len(rows)} × {max((len(row) for row in rows), default=0)}")
    return json.dumps({"classes": names, "matrix": rows}).encode()


def count_confusions(truth: Iterable[Any], predicted: Iterable[Any], classes: Optional[Sequence[Any]]) -> Tuple[List[List[int]], List[Any]]:
    """truth, predicted: indices of classes, or their names; two of equal length."""
    pairs = list(zip((_plain(label) for label in truth), (_plain(label) for label in predicted)))
    if classes is None:
        seen = {label for pair in pairs for label in pair}
        classes = list(range(max(seen) + 1)) if all(isinstance(label, int) for label in seen) and seen else sorted(seen, key=str)
    place = {label: index for index, label in enumerate(classes)}
    matrix = [[0] * len(place) for _ in place]
    for row, column in pairs:
        matrix[place.get(row, row)][place.get(column, column)] += 1
    return matrix, list(classes)


def _plain(label: Any) -> Any:
    return label.item() if hasattr(label, "item") else label


def _table(columns: Optional[Sequence[str]], rows: Any) -> Tuple[List[str], List[List[Any]]]:
    if hasattr(rows, "columns") and hasattr(rows, "itertuples"):  # pandas
        return [str(name) for name in rows.columns], [list(row) for row in rows.itertuples(index=False)]
    if isinstance(rows, dict):
        return [str(name) for name in rows], [list(row) for row in zip(*rows.values())]
    cells = list(rows)
    if cells and all(isinstance(row, dict) for row in cells):
        names = list(columns) if columns is not None else list(dict.fromkeys(name for row in cells for name in row))
        return [str(name) for name in names], [[row.get(name) for name in names] for row in cells]
    if columns is None:
        raise TypeError("give columns, or rows as a DataFrame or as dicts")
    return [str(name) for name in columns], [list(row) for row in cells]


def _keep(content: "bytes | Path", target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as sink:
        if isinstance(content, bytes):
            digest.update(content)
            sink.write(content)
        else:
            with content.open("rb") as source:
                while part := source.read(1 << 20):
                    digest.update(part)
                    sink.write(part)
    return digest.hexdigest()
