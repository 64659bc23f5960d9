import json
import os
import signal
import time

import numpy

import thaw
from conftest import eventually, left, stored, sync
from relay import Relay
from thaw.ids import new_id
from thaw.spool import Spool

LOG = """
for step in range(1, {steps} + 1):
    run.log({{"train/loss": 1 / step, "seen": step}}, step=step)
"""


def steps_of(run_id):
    columns = thaw.metrics(run_id)
    numpy.testing.assert_array_equal(columns["train/loss"]["values"], 1 / columns["train/loss"]["steps"])
    numpy.testing.assert_array_equal(columns["seen"]["values"], columns["seen"]["steps"])
    return [int(step) for step in columns["seen"]["steps"]]


def test_the_api_is_killed_and_comes_back_in_mid_run(api, spool):
    with thaw.start_run("outages", tags=["a"]) as run:
        run.log({"x": 1}, step=1)
        assert run.flush()
        api.kill()
        for step in range(2, 50):
            run.log({"x": step}, step=step)
            time.sleep(0.01)
        run.log_text("during", "the outage")
        run.tag("b")
        assert run.flush(timeout=0.1) is False
        api.start()
        run.log({"x": 50}, step=50)
    assert left(spool) == []
    there = stored(run.id)
    assert (there["status"], there["tags"], [artifact["name"] for artifact in there["artifacts"]]) == ("FINISHED", ["a", "b"], ["during"])
    numpy.testing.assert_array_equal(thaw.metrics(run)["x"]["values"], numpy.arange(1, 51))


def test_answers_are_lost_and_everything_is_stored_once(api):
    """The first answer to every request."""
    seen = set()
    relay = Relay(api.url, lambda body: body not in seen and not seen.add(body))
    try:
        with thaw.start_run("outages", "unlucky", url=relay.url) as run:
            for step in range(1, 6):
                run.log({"x": step}, step=step)
                run.flush(timeout=20)
            run.log_text("note", "text")
        assert relay.lost >= 9
    finally:
        relay.close()
    assert run.problems == []
    assert len(thaw.runs("outages", filter={"name": {"eq": "unlucky"}})) == 1
    numpy.testing.assert_array_equal(thaw.metrics(run.id)["x"]["values"], [1, 2, 3, 4, 5])
    assert stored(run.id)["status"] == "FINISHED" and len(stored(run.id)["artifacts"]) == 1


def test_the_api_is_away_from_the_start_and_sync_sends_it_all(api, spool, script):
    api.kill()
    begun = time.monotonic()
    done = script(
        "with thaw.start_run('outages', config={'a': 1}) as run:\n"
        "    print(run.id, flush=True)\n"
        "    run.log_text('report', 'kept')\n"
        "    for step in range(1, 101): run.log({'train/loss': 1 / step, 'seen': step}, step=step)\n"
    )
    run_id = done.line()
    done.end()
    assert done.code == 0 and time.monotonic() - begun < 25
    assert done.err.count("cannot be reached") == 1 and "python -m thaw sync" in done.err and "Traceback" not in done.err
    assert left(spool) == [f"{run_id}.pyspool"]
    (waiting,) = sync()
    assert "cannot be reached" in waiting["error"]

    api.start()
    (sent,) = sync()
    assert (sent["run_id"], sent["error"], sent["problems"]) == (run_id, None, [])
    assert os.listdir(spool) == []
    there = stored(run_id)
    assert (there["status"], there["config"], there["artifacts"][0]["name"]) == ("FINISHED", {"a": 1}, "report")
    assert steps_of(run_id) == list(range(1, 101))
    assert sync() == []


def test_a_killed_script_is_sent_and_ended_by_sync(api, spool, script):
    api.kill()
    killed = script("run = thaw.start_run('outages')\nprint(run.id, flush=True)\n" + LOG.format(steps=1000) + "time.sleep(1)\nprint('logged', flush=True)\ntime.sleep(60)")
    run_id = killed.line()
    assert killed.line() == "logged"
    api.start()
    killed.process.send_signal(signal.SIGKILL)
    assert killed.end().code == -signal.SIGKILL
    (sent,) = sync()
    assert sent["error"] is None and sent["problems"] == []
    assert steps_of(run_id) == list(range(1, 1001))
    there = stored(run_id)
    assert there["status"] == "FAILED" and "killed" in there["error"]
    assert left(spool) == []


def test_killed_while_sending_nothing_is_doubled(api, spool, script):
    """Killed at several moments; whatever was acknowledged or not, sync brings the rest, once."""
    for round in range(4):
        killed = script("run = thaw.start_run('outages')\nprint(run.id, flush=True)\nstep = 0\nwhile True:\n    step += 1\n    run.log({'train/loss': 1 / step, 'seen': step}, step=step)\n    time.sleep(0.001)")
        run_id = killed.line()
        time.sleep(0.25 + round * 0.13)
        killed.process.send_signal(signal.SIGKILL)
        killed.end()
        assert [sent["error"] for sent in sync()] == [None]
        steps = steps_of(run_id)
        assert steps == list(range(1, len(steps) + 1))


def test_the_next_script_sends_what_the_last_one_left(api, spool, script):
    api.kill()
    first = script("run = thaw.start_run('outages', 'first')\nprint(run.id, flush=True)\n" + LOG.format(steps=20) + "run.finish(timeout=0.5)\nos._exit(0)")
    run_id = first.line()
    first.end()
    assert left(spool) == [f"{run_id}.pyspool"]
    api.start()
    with thaw.start_run("outages", "second") as run:
        run.log({"x": 1})
        eventually(lambda: f"{run_id}.pyspool" not in left(spool), "the first script's run is sent")
    assert stored(run_id)["status"] == "FINISHED" and steps_of(run_id) == list(range(1, 21))


def test_what_another_machine_may_still_write_is_left_alone_for_ten_minutes(api, spool):
    run_id = new_id()
    header = {"url": api.url, "id": run_id, "project": "outages", "name": "elsewhere", "host": "elsewhere", "startedAt": "2026-01-01T00:00:00.000+00:00"}
    file = Spool.create(spool, run_id, header, 1 << 30)
    file.append("create", json.dumps({"id": run_id, "project": "outages", "name": "elsewhere", "startedAt": header["startedAt"]}).encode())
    file.close()
    (waiting,) = sync()
    assert "elsewhere" in waiting["error"] and left(spool) == [f"{run_id}.pyspool"]
    os.utime(spool / f"{run_id}.pyspool", (time.time() - 601, time.time() - 601))
    assert [sent["error"] for sent in sync()] == [None]
    assert stored(run_id)["status"] == "FAILED"


def test_sync_leaves_living_scripts_alone_and_can_send_elsewhere(api, spool, script):
    alive = script("run = thaw.start_run('outages', 'alive')\nprint(run.id, flush=True)\nrun.log({'x': 1})\ntime.sleep(60)")
    alive.line()
    eventually(lambda: left(spool), "the script has its file")
    assert sync() == []
    alive.process.send_signal(signal.SIGKILL)
    alive.end()

    os.environ["THAW_URL"] = "http://127.0.0.1:9"
    moved = script("run = thaw.start_run('outages', 'moved')\nprint(run.id, flush=True)\nrun.log({'x': 1})\nrun.finish(timeout=0.3)\nos._exit(0)")
    run_id = moved.line()
    moved.end()
    assert [sent["error"] is None for sent in sync("--url", api.url)] == [True, True]
    os.environ["THAW_URL"] = api.url
    assert stored(run_id)["status"] == "FINISHED"
