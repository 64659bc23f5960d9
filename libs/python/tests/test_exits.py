import os
import pickle
import signal


import pytest

import thaw
from conftest import left, stored, sync

BEGIN = "run = thaw.start_run('exits')\nprint(run.id, flush=True)\nrun.log({'x': 1})\n"
WITHIN = "with thaw.start_run('exits') as run:\n    print(run.id, flush=True)\n    run.log({'x': 1})\n"


@pytest.mark.parametrize(
    "text, code, status, said",
    [
        (BEGIN, 0, "FINISHED", None),
        (BEGIN + "1 / 0", 1, "FAILED", "ZeroDivisionError: division by zero"),
        (BEGIN + "raise KeyboardInterrupt", -signal.SIGINT, "CANCELLED", "KeyboardInterrupt"),
        (WITHIN + "    1 / 0", 1, "FAILED", "ZeroDivisionError: division by zero"),
        (WITHIN + "    sys.exit(3)", 3, "FAILED", "sys.exit(3)"),
        (WITHIN + "    sys.exit()", 0, "FINISHED", None),
        (BEGIN + "os.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(60)", -signal.SIGTERM, "CANCELLED", "SIGTERM"),
        (BEGIN + "os.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)", -signal.SIGINT, "CANCELLED", "KeyboardInterrupt"),
        ("signal.signal(signal.SIGTERM, lambda *_: print('mine', flush=True))\n" + BEGIN + "os.kill(os.getpid(), signal.SIGTERM)\nrun.log({'x': 2})", 0, "FINISHED", None),
        ("import threading\n" + BEGIN + "t = threading.Thread(target=lambda: [time.sleep(0.3), run.log({'x': 2})])\nt.start()", 0, "FINISHED", None),
    ],
    ids=["end", "exception", "interrupt", "exception within", "exit code within", "exit within", "SIGTERM", "SIGINT", "own handler", "thread"],
)
def test_however_a_script_ends_the_api_knows(api, spool, script, text, code, status, said):
    done = script(text)
    run_id = done.line()
    done.end()
    assert done.code == code, done.err
    assert left(spool) == [], done.err
    there = stored(run_id)
    assert there["status"] == status
    assert there["error"] is None if said is None else said in there["error"]
    assert list(thaw.metrics(run_id)) == ["x"]
    if code == 1:
        assert "script0.py" in there["error"] and "ZeroDivisionError" in done.err


def test_a_forked_child_neither_doubles_nor_deadlocks(api, spool, script):
    done = script(
        "run = thaw.start_run('exits', 'parent')\nprint(run.id, flush=True)\nchildren = []\n"
        "for number in range(20):\n"
        "    run.log({'x': number}, step=number)\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        run.log({'x': -1}, step=100)\n"
        "        run.tag('child'); run.flush(); run.finish('FAILED')\n"
        "        sys.exit(0 if len(run.problems) == 1 else 1)\n"
        "    children.append(child)\n"
        "    time.sleep(0.02)\n"
        "print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children], flush=True)\n"
    )
    run_id = done.line()
    assert done.line() == str([0] * 20)
    assert done.end().code == 0
    there = stored(run_id)
    assert (there["status"], there["tags"]) == ("FINISHED", [])
    assert list(thaw.metrics(run_id)["x"]["values"]) == list(range(20))
    assert len([run for run in thaw.runs("exits") if run["name"] == "parent"]) == 1


def test_a_forked_child_can_have_a_run_of_its_own(api, spool, script):
    done = script(
        "run = thaw.start_run('exits')\nprint(run.id, flush=True)\n"
        "if os.fork() == 0:\n"
        "    with thaw.start_run('exits', 'child') as own: own.log({'y': 1})\n"
        "    print(own.id, flush=True)\n"
        "    sys.exit()\n"
        "os.wait()\nrun.log({'x': 1})\n"
    )
    run_id, child_id = done.line(), done.line()
    done.end()
    assert (stored(run_id)["status"], list(thaw.metrics(run_id))) == ("FINISHED", ["x"])
    assert (stored(child_id)["status"], list(thaw.metrics(child_id))) == ("FINISHED", ["y"])


def test_a_child_that_outlives_its_killed_parent_does_not_keep_the_file(api, spool, script):
    parent = script(
        "run = thaw.start_run('exits')\nprint(run.id, flush=True)\nrun.log({'x': 1})\ntime.sleep(0.5)\n"
        "if os.fork() == 0:\n    print('forked', os.getpid(), flush=True)\n    os.close(1); os.close(2); time.sleep(30); os._exit(0)\n"
        "time.sleep(60)"
    )
    run_id = parent.line()
    child = int(parent.line().split()[1])
    try:
        parent.process.send_signal(signal.SIGKILL)
        parent.end()
        assert [sent["error"] for sent in sync()] == [None]
        assert stored(run_id)["status"] == "FAILED"
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_pickled_copy_may_be_called(api):
    with thaw.start_run("exits") as run:
        run.log({"x": 1})
        copy = pickle.loads(pickle.dumps(run))
        copy.log({"x": 2})
        copy.log_text("a", "b")
        assert copy.flush() is False
        copy.finish("FAILED")
        assert len(copy.problems) == 1 and "process" in copy.problems[0] and run.problems == []
    assert stored(run.id)["status"] == "FINISHED" and list(thaw.metrics(run)["x"]["values"]) == [1]


def test_a_home_that_cannot_be_written_to_stops_nothing(api, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    with thaw.start_run("exits", spool=tmp_path / "file" / "spool") as run:
        run.log({"x": 1})
    assert len(run.problems) == 1 and "cannot be written to" in run.problems[0]
    assert stored(run.id)["status"] == "FINISHED" and list(thaw.metrics(run)) == ["x"]


def test_the_end_waits_no_longer_than_it_may(spool, script, monkeypatch):
    """Something listens, but never answers."""
    import socket
    import time

    silent = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("THAW_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
    monkeypatch.setenv("THAW_DRAIN_MS", "1500")
    begun = time.monotonic()
    done = script(BEGIN)
    done.line()
    assert done.end().code == 0
    assert time.monotonic() - begun < 15
    assert len(left(spool)) == 1 and "python -m thaw sync" in done.err
    silent.close()
