"""Fills a fresh MLflow store (SQLite) with what bench:web gives Thaw. The answer is one line of JSON.

usage: mlflow_seed.py STORE_FILE RUNS KEYS CURVES POINTS

Written by SQL into the tables that MLflow itself created: through its server this would take hours.
"""

import json
import math
import random
import sqlite3
import sys

from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

FINAL = ["val/accuracy", "val/loss", "train/accuracy", "train/loss", "lr"]
KEYS_OF_A_RUN = 10
START = 1_700_000_000_000

RUN = "insert into runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id) values (?, ?, 'UNKNOWN', '', '', '', 'FINISHED', ?, ?, '', 'active', '/tmp', ?)"
LATEST = "insert into latest_metrics (key, value, timestamp, step, is_nan, run_uuid) values (?, ?, ?, ?, 0, ?)"
METRIC = "insert into metrics (key, value, timestamp, step, is_nan, run_uuid) values (?, ?, ?, ?, 0, ?)"
TAG = "insert into tags (key, value, run_uuid) values (?, ?, ?)"
PARAM = "insert into params (key, value, run_uuid) values (?, ?, ?)"


def add_run(database, experiment, name, at):
    run = f"{random.getrandbits(128):032x}"
    database.execute(RUN, (run, name, at, at + 500_000, experiment))
    # Its pages fail on runs without tags, which its client always sets.
    database.executemany(TAG, [("mlflow.runName", name, run), ("mlflow.user", "bench", run), ("mlflow.source.type", "LOCAL", run)])
    return run


def seed_table(database, experiment, runs, keys):
    """Runs with 20 params, 5 final metrics and ten of the many keys each."""
    for index in range(runs):
        at = START + index * 120_000
        # The newest is neither the first nor the last by name: sorting shows.
        run = add_run(database, experiment, f"run-{index * 7919 % runs}", at)
        params = {"freeze": random.choice(["head", "last_blocks", "full"]), "learningRate": str(10 ** random.uniform(-5, -0.5))}
        params |= {f"param{number}": str(random.random()) for number in range(18)}
        database.executemany(PARAM, [(key, value, run) for key, value in params.items()])
        many = [f"layer_{(index * KEYS_OF_A_RUN + number) % keys + 1:05d}/gradient_norm" for number in range(KEYS_OF_A_RUN)]
        values = [(key, random.random(), at, 20, run) for key in FINAL + many]
        database.executemany(LATEST, values)
        database.executemany(METRIC, values)


def seed_curves(database, experiment, curves, points):
    ids = []
    for index in range(curves):
        at = START + index * 120_000
        run = add_run(database, experiment, f"curve-{index + 1}", at)
        curve = [("train/loss", 2 * math.exp(-step / 20_000) + 0.2 * random.random(), at + step * 50, step, run) for step in range(1, points + 1)]
        database.executemany(METRIC, curve)
        database.execute(LATEST, curve[-1])
        database.execute(PARAM, ("learningRate", str(10 ** (-4 + index % 20 / 10)), run))
        ids.append(run)
    return ids


def main(store_file, runs, keys, curves, points):
    store = SqlAlchemyStore(f"sqlite:///{store_file}", "/tmp")
    table, overlay = store.create_experiment("many-runs"), store.create_experiment("many-curves")
    random.seed(1)
    with sqlite3.connect(store_file) as database:
        seed_table(database, int(table), runs, keys)
        ids = seed_curves(database, int(overlay), curves, points)
    return {"table": table, "curves": overlay, "curveRuns": ids}


print(json.dumps(main(sys.argv[1], *map(int, sys.argv[2:]))))
