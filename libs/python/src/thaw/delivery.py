"""Sends a spool's records in order: for a live run, and for what a dead process left."""

from __future__ import annotations

import json
from typing import Callable

from .api import Api, Refused
from .operations import MUTATIONS
from .spool import Record, Spool

Report = Callable[[str, str], None]
"""Told (what kind of problem, message)."""

OPTIONAL = ("name", "config", "tags", "notes", "dataset", "datasetVersion", "backbone", "parentRun", "gitCommit", "environment", "startedAt")


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
            if record.operation == "create":
                self._create(json.loads(record.payload))
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
        return True

    def _create(self, run: dict) -> None:
        """What the run could do without goes, rather than the run: a misspelt dataset must not cost a training."""
        while True:
            try:
                self._api.mutate(MUTATIONS["create"], json.dumps(run).encode())
                return
            except Refused as refused:
                # The id is of our own making: whoever took it is this run, made by an attempt whose answer was lost.
                if "RUN_ID_TAKEN" in refused.codes:
                    return
                blamed = {str(error.get("field")).split(".")[0] for error in refused.errors}
                dropped = [name for name in OPTIONAL if name in blamed and run.pop(name, None) is not None]
                if not dropped:
                    raise
                self._report("create", f"The run was made without its {', '.join(dropped)}: {refused}")

    def _artifact(self, record: Record) -> None:
        """payload: { input: LogArtifactInput, local: [file name in spool.files, one for each of input.files] }"""
        artifact = json.loads(record.payload)
        paths = [self._spool.files / name for name in artifact["local"]]
        try:
            for path, file in zip(paths, artifact["input"]["files"]):
                self._api.upload(path, file["sha256"])
        except OSError as error:
            raise Refused([{"field": None, "code": "FILE_LOST", "message": f"{artifact['input']['name']} cannot be read any more: {error}"}]) from error
        self._api.mutate(MUTATIONS["artifact"], json.dumps(artifact["input"]).encode())
        for path in paths:
            path.unlink(missing_ok=True)


_what = {"create": "the run", "metrics": "a batch of metrics", "update": "a change of the run", "artifact": "an artifact", "finish": "the end of the run"}
