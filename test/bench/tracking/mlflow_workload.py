"""What the benchmark asks of an MLflow server, through MLflow's own client. The answer is one line of JSON.

usage: mlflow_workload.py WORK URL [NUMBER …]
"""

import json
import random
import sys
import threading
import time

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag


def points(count, keys, first_step):
    now = int(time.time() * 1000)
    return [Metric(f"metric/{i % keys}", random.random(), now, first_step + i // keys) for i in range(count)]


def new_experiment(client):
    return client.create_experiment(f"bench-{time.time_ns()}")


def log_batch(client, seconds, writers):
    """Points a second: batches of 1000 points over 10 keys, each writer its own run."""
    experiment = new_experiment(client)
    written = [0] * writers
    until = time.monotonic() + seconds

    def write(writer):
        run = client.create_run(experiment).info.run_id
        while time.monotonic() < until:
            client.log_batch(run, metrics=points(1000, 10, written[writer] // 10))
            written[writer] += 1000

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"perSecond": sum(written) / (time.monotonic() - start)}


def log_metric(client, seconds):
    """Calls a second, and the longest call in milliseconds."""
    run = client.create_run(new_experiment(client)).info.run_id
    calls, longest = 0, 0.0
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        before = time.monotonic()
        client.log_metric(run, "loss", random.random(), step=calls)
        longest = max(longest, time.monotonic() - before)
        calls += 1
    return {"perSecond": calls / (time.monotonic() - start), "longestMs": longest * 1000}


def create_runs(client, seconds):
    """Runs a second: each with 20 params and 100 points, logged in one batch, then ended."""
    experiment = new_experiment(client)
    runs = 0
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        run = client.create_run(experiment).info.run_id
        params = [Param(f"param{i}", str(random.random())) for i in range(20)]
        client.log_batch(run, metrics=points(100, 5, 0), params=params)
        client.set_terminated(run)
        runs += 1
    return {"perSecond": runs / (time.monotonic() - start)}


def search_runs(client, experiment, rounds):
    """Milliseconds of each search over the seeded experiment: filtered, sorted by a metric, the first 50."""
    filters = [
        "metrics.`val/accuracy` > 0.8",
        "params.freeze = 'head'",
        "params.freeze != 'head' and metrics.`val/accuracy` > 0.5",
        "tags.group = 'baseline' and params.optimizer = 'adam'",
    ]
    took = []
    for index in range(rounds):
        before = time.monotonic()
        found = client.search_runs([experiment], filters[index % len(filters)], order_by=["metrics.`val/accuracy` DESC"], max_results=50)
        took.append((time.monotonic() - before) * 1000)
        assert len(found) > 0, filters[index % len(filters)]
    return {"took": took}


def seed(store_uri, runs):
    """Runs with 5 metrics and 20 params each, written by SQL: through the server this would take minutes."""
    from mlflow.store.tracking.dbmodels import models
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    store = SqlAlchemyStore(store_uri, "/tmp")
    experiment = store.create_experiment(f"seeded-{time.time_ns()}")
    random.seed(1)
    rows = {models.SqlRun: [], models.SqlParam: [], models.SqlLatestMetric: [], models.SqlMetric: [], models.SqlTag: []}
    for index in range(runs):
        run = f"{random.getrandbits(128):032x}"
        at = 1_700_000_000_000 + index * 1000
        rows[models.SqlRun].append(dict(
            run_uuid=run, name=f"run-{index}", source_type="UNKNOWN", source_name="", entry_point_name="", user_id="", status="FINISHED",
            start_time=at, end_time=at + 500, source_version="", lifecycle_stage="active", artifact_uri=f"/tmp/{run}", experiment_id=int(experiment)))
        params = {"freeze": random.choice(["head", "last_blocks", "full"]), "optimizer": random.choice(["adam", "sgd", "adamw"])}
        params |= {f"param{i}": str(random.random()) for i in range(18)}
        rows[models.SqlParam] += [dict(run_uuid=run, key=key, value=value) for key, value in params.items()]
        for key in ["val/accuracy", "val/loss", "train/accuracy", "train/loss", "lr"]:
            value = dict(run_uuid=run, key=key, value=random.random(), timestamp=at, step=10, is_nan=False)
            rows[models.SqlLatestMetric].append(value)
            rows[models.SqlMetric].append(value)
        rows[models.SqlTag].append(dict(run_uuid=run, key="group", value=random.choice(["baseline", "trial"])))
    with store.ManagedSessionMaker() as session:
        for model, values in rows.items():
            session.bulk_insert_mappings(model, values)
    return {"experiment": experiment}


def main(work, url, *numbers):
    if work == "seed":
        return seed(url, int(numbers[0]))
    client = MlflowClient(url)
    if work == "log_batch":
        return log_batch(client, float(numbers[0]), int(numbers[1]))
    if work == "log_metric":
        return log_metric(client, float(numbers[0]))
    if work == "create_runs":
        return create_runs(client, float(numbers[0]))
    if work == "search_runs":
        return search_runs(client, numbers[0], int(numbers[1]))
    raise SystemExit(f"There is no work {work!r}.")


print(json.dumps(main(*sys.argv[1:])))
