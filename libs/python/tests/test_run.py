import json
import logging
import math
import urllib.request

import numpy
import pytest

import thaw
from conftest import left, stored


def blob(api, artifact, path):
    (file,) = [file for file in artifact["files"] if file["path"] == path]
    return urllib.request.urlopen(f"{api.url}/blobs/{file['sha256']}").read()


def test_a_run_arrives_whole(api, spool):
    with thaw.start_run("arrivals", "whole", {"epochs": 3, "head": {"units": 8, "init": numpy.float32(0.5)}}, tags=["a"], notes="first") as run:
        for epoch in range(1, 4):
            run.log({"train/loss": 1 / epoch, "val/loss": numpy.float32(epoch), "nested": {"x": epoch}}, step=epoch)
        run.log({"odd": math.nan}, step=1, time=1_700_000_000.5)
        run.log({"odd": math.inf})
        run.log({"odd": -math.inf})
        run.tag("b", "a")
        run.note("second")
        run.update_config({"dropout": 0.25, "epochs": 5, "head": {"bias": True}})
        run.update_config({"epochs": None})
    assert run.problems == [] and run.status == "FINISHED" and left(spool) == []

    there = stored(run.id)
    assert (there["name"], there["status"], there["kind"], there["tags"], there["notes"]) == ("whole", "FINISHED", "EXTERNAL", ["a", "b"], "first\n\nsecond")
    assert there["config"] == {"head": {"units": 8, "init": 0.5, "bias": True}, "dropout": 0.25} == run.config
    assert there["environment"]["packages"]["numpy"] == numpy.__version__
    columns = thaw.metrics(run)
    assert sorted(columns) == ["nested/x", "odd", "train/loss", "val/loss"]
    numpy.testing.assert_array_equal(columns["train/loss"]["steps"], [1, 2, 3])
    numpy.testing.assert_array_equal(columns["train/loss"]["values"], [1, 1 / 2, 1 / 3])
    numpy.testing.assert_array_equal(columns["odd"]["values"], [math.nan, math.inf, -math.inf])
    assert columns["odd"]["times"][0] == 1_700_000_000.5 and list(columns["odd"]["steps"]) == [1, 2, 3]
    assert list(thaw.metrics(run.id, ["val/loss"])) == ["val/loss"]


def test_artifacts_of_every_kind(api, tmp_path):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights.bin").write_bytes(bytes(range(256)) * 1000)
    (tmp_path / "model" / "notes.txt").write_text("x")
    with thaw.start_run("arrivals") as run:
        run.log_image("grid", numpy.eye(4), caption="a line")
        run.log_table("mistakes", [{"path": "a.jpg", "p": 0.5}, {"path": "b.jpg", "p": math.nan}])
        run.log_table("plain", [[1, 2]], columns=["x", "y"])
        run.log_confusion_matrix("matrix", [[3, 1], [0, 4]], ["cat", "dog"])
        run.log_confusion_matrix("counted", truth=numpy.array([0, 1, 1]), predicted=[0, 1, 0], classes=["cat", "dog"])
        run.log_text("report", "grüße")
        run.log_file(tmp_path / "model")
        run.log_file(tmp_path / "model" / "notes.txt", "notes")
        run.log_text("report", "again")
    assert run.problems == []
    artifacts = {artifact["name"]: artifact for artifact in stored(run.id)["artifacts"]}
    assert {name: artifact["kind"] for name, artifact in artifacts.items()} == {
        "grid": "IMAGE", "mistakes": "TABLE", "plain": "TABLE", "matrix": "CONFUSION_MATRIX", "counted": "CONFUSION_MATRIX", "report": "TEXT", "model": "FILE", "notes": "FILE",
    }
    assert blob(api, artifacts["grid"], "image.png")[:4] == b"\x89PNG" and artifacts["grid"]["metadata"] == {"caption": "a line"}
    assert json.loads(blob(api, artifacts["mistakes"], "table.json")) == {"columns": ["path", "p"], "rows": [["a.jpg", 0.5], ["b.jpg", "NaN"]]}
    assert json.loads(blob(api, artifacts["plain"], "table.json")) == {"columns": ["x", "y"], "rows": [[1, 2]]}
    assert json.loads(blob(api, artifacts["matrix"], "confusion-matrix.json")) == {"classes": ["cat", "dog"], "matrix": [[3, 1], [0, 4]]}
    assert json.loads(blob(api, artifacts["counted"], "confusion-matrix.json")) == {"classes": ["cat", "dog"], "matrix": [[1, 0], [1, 1]]}
    assert blob(api, artifacts["report"], "text.txt").decode() == "again"
    assert blob(api, artifacts["model"], "weights.bin") == bytes(range(256)) * 1000
    assert [file["path"] for file in artifacts["model"]["files"]] == ["notes.txt", "weights.bin"]


def test_mistakes_are_told_once_and_cost_nothing_else(api, caplog):
    with caplog.at_level(logging.WARNING, "thaw"), thaw.start_run("mistakes") as run:
        for step in range(1, 4):
            run.log({"good": step, "bad": "0.3"}, step=step)
            run.log({"good": 9}, step=step + 0.5)
            run.log("good")
            run.log({"": 1, "x" * 600: 2, 7: 3})
            run.log({"good": 9}, step=2**53)
            run.log({"good": 9}, time=math.nan)
        run.log_image("nothing", numpy.zeros(3))
        run.log_file("/no/such/file")
        run.log_confusion_matrix("matrix", [[1, 2]])
        run.log_table("table", [[1]], columns=["a", "b"])
        run.update_config(3)
    run.log({"late": 1})
    run.finish("FAILED")
    assert len(run.problems) == len(caplog.records) == len(set(run.problems)) == 12
    for said in ["bad was not logged: '0.3' is no number", "1.5 is no whole number", "shape is (3,)", "nothing at /no/such/file", "1 × 1, not 1 × 2", "row 0 has 1 values for 2 columns", "has ended as FINISHED"]:
        assert any(said in problem for problem in run.problems), (said, run.problems)
    assert list(thaw.metrics(run)["good"]["values"]) == [1, 2, 3]
    assert stored(run.id)["status"] == "FINISHED"


def test_names_that_are_none_are_refused_before_anything_is_trained(api, spool):
    for project, name in [("", None), (3, None), ("p", " x"), ("p", "x" * 201)]:
        with pytest.raises((TypeError, ValueError)):
            thaw.start_run(project, name)
    assert not spool.exists()


def test_more_keys_than_one_batch_holds(api):
    with thaw.start_run("arrivals") as run:
        run.log({f"k/{number}": number for number in range(21_000)}, step=1)
        run.log({f"l/{number}": number for number in range(2_000)}, step=1)
        assert run.flush(timeout=60)
    assert run.problems == []
    assert [list(thaw.metrics(run, [key])[key]["values"]) for key in ("k/0", "k/20999", "l/1999")] == [[0], [20999], [1999]]


def test_a_version_that_is_none_does_not_cost_the_run_either(api):
    with thaw.start_run("links", dataset_version="two") as run:
        run.log({"x": 1})
    assert len(run.problems) == 1 and "was made without its" in run.problems[0]
    assert list(thaw.metrics(run)) == ["x"]


def test_a_misspelt_dataset_does_not_cost_the_run(api):
    with thaw.start_run("links", dataset="flwoers", backbone="digits") as run:
        run.log({"x": 1})
    assert len(run.problems) == 1 and "without its dataset" in run.problems[0] and "flwoers" in run.problems[0]
    assert stored(run.id)["status"] == "FINISHED" and list(thaw.metrics(run)) == ["x"]


def test_final_metrics_and_failures(api):
    run = thaw.start_run("ends", "by hand")
    run.finish("FAILED", "it did not learn", final_metrics={"val/accuracy": numpy.float32(0.5), "worst": math.nan})
    run.finish("FINISHED")
    there = stored(run.id)
    assert (there["status"], there["error"]) == ("FAILED", "it did not learn")
    (listed,) = thaw.runs("ends", filter={"name": {"eq": "by hand"}})
    assert listed["finalMetrics"] == {"val/accuracy": 0.5, "worst": None}


def test_runs_are_read_as_dicts(api):
    for number in range(3):
        with thaw.start_run("reading", f"n{number}", {"number": number}) as run:
            run.log({"score": number / 2})
    listed = thaw.runs("reading", limit=2)
    assert [(run["name"], run["config"], run["metrics"], run["project"]) for run in listed] == [("n2", {"number": 2}, {"score": 1.0}, "reading"), ("n1", {"number": 1}, {"score": 0.5}, "reading")]
    assert len(thaw.runs("reading", limit=None)) == 3
    assert [run["name"] for run in thaw.runs("reading", search="score > 0.4 and config.number < 2")] == ["n1"]
    with pytest.raises(thaw.Refused, match="rnus"):
        thaw.query("{ rnus }")
    with pytest.raises(thaw.Unreachable, match="127.0.0.1:9"):
        thaw.query("{ projects { nodes { name } } }", url="http://127.0.0.1:9")


def test_many_points_from_many_threads_arrive(api):
    import threading

    with thaw.start_run("arrivals") as run:
        def work(worker):
            for step in range(5000):
                run.log({f"loss/{worker}": step / 7, f"rate/{worker}": step}, step=step)

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert run.problems == []
    for worker in range(4):
        column = thaw.metrics(run, [f"loss/{worker}"])[f"loss/{worker}"]
        numpy.testing.assert_array_equal(column["values"], numpy.arange(5000) / 7)


def test_a_logging_call_does_not_wait(api):
    """Sanity, not a benchmark: a call that wrote to disk or network would be a hundred times slower."""
    import time

    with thaw.start_run("arrivals") as run:
        run.log({"x": 1.0, "y": 2.0})
        start = time.perf_counter()
        for step in range(10_000):
            run.log({"x": 0.1, "y": 0.2}, step=step)
        spent = time.perf_counter() - start
    print(f"{spent / 10_000 * 1e6:.1f} µs a call")
    assert spent < 5.0
    assert len(thaw.metrics(run)["x"]["steps"]) == 10_000
