"""Sends a spool's records in order: for a live run, and for what a dead process left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Callable, List

from .api import Api, Refused
from .operations import MUTATIONS
from .spool import Record, Spool

Report = Callable[[str, str], None]
"""Told (what kind of problem, message)."""

OPTIONAL = {
    "create": ("name", "config", "tags", "notes", "dataset", "datasetVersion", "backbone", "parentRun", "gitCommit", "environment"),
    "finish": ("error", "finalMetrics", "endedAt"),
}
"""What a run could do without: that goes, rather than the run. A misspelt dataset must not cost a training."""


class Delivery:
    def __init__(self, spool: Spool, api: Api, report: Report) -> None:
        self._spool = spool
        self._api = api
        self._report = report

    def step(self) -> bool:
        """Sends the next record; False when none waits. Raises Unreachable: the record is still the next one then."""
        record = self._spool.next()
        if record is None:
            return False
        try:
            if record.operation in OPTIONAL:
                self._run(record.operation, json.loads(record.payload))
            elif record.operation == "artifact":
                self._artifact(record)
            elif record.operation in MUTATIONS:
                self._api.mutate(MUTATIONS[record.operation], record.payload)
        except Refused as refused:
            code = refused.codes[0]
            # A run that somebody else ended needs no second end.
            if not (record.operation == "finish" and "RUN_ENDED" in refused.codes):
                self._report(f"{record.operation} {code}", f"The API refused {_what[record.operation]}: {refused}")
        self._spool.sent(record)
        if record.operation == "artifact":
            # Only now: a crash before it sends them again.
            for path in self._files(json.loads(record.payload)):
                path.unlink(missing_ok=True)
        return True

    def _run(self, operation: str, run: dict) -> None:
        while True:
            try:
                self._api.mutate(MUTATIONS[operation], json.dumps(run).encode())
                return
            except Refused as refused:
                # The id is of our own making: whoever took it is this run, made by an attempt whose answer was lost.
                if "RUN_ID_TAKEN" in refused.codes:
                    return
                blamed = {str(error.get("field")).split(".")[0] for error in refused.errors}
                if not blamed.isdisjoint(("id", "project", "status")):
                    raise
                # A GraphQL error blames no field in particular: then all of them go.
                optional = set(OPTIONAL[operation]).intersection(run)
                dropped = sorted(optional & blamed or optional)
                if not dropped:
                    raise
                for name in dropped:
                    del run[name]
                self._report(operation, f"The run was {_done[operation]} without its {', '.join(dropped)}: {refused}")

    def _artifact(self, record: Record) -> None:
        """payload: { input: LogArtifactInput, local: [file name in spool.files, one for each of input.files] }"""
        artifact = json.loads(record.payload)
        try:
            for path, file in zip(self._files(artifact), artifact["input"]["files"]):
                self._api.upload(path, file["sha256"])
        except OSError as error:
            raise Refused([{"field": None, "code": "FILE_LOST", "message": f"{artifact['input']['name']} cannot be read any more: {error}"}]) from error
        self._api.mutate(MUTATIONS["artifact"], json.dumps(artifact["input"]).encode())

    def _files(self, artifact: dict) -> List[Path]:
        return [self._spool.files / name for name in artifact["local"]]


_done = {"create": "made", "finish": "ended"}
_what = {"create": "the run", "metrics": "a batch of metrics", "update": "a change of the run", "artifact": "an artifact", "finish": "the end of the run"}
