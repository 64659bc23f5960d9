"""The real API as a process, which tests may kill; scripts as processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator, List, Optional

import pytest

import thaw


class ApiProcess:
    """THAW_TEST_API: JSON array, the command that starts it; PORT, DATABASE_URL and THAW_HOME are in the environment."""

    def __init__(self, log: Path) -> None:
        self.url = f"http://127.0.0.1:{os.environ['PORT']}"
        self._log = log
        self._process: Optional[subprocess.Popen] = None

    def start(self) -> None:
        if self._process is None:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(json.loads(os.environ["THAW_TEST_API"]), stdout=log, stderr=log)
        eventually(self._answers, "the API answers", lambda: self._log.read_text())

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _answers(self) -> bool:
        if self._process.poll() is not None:
            pytest.exit(f"The API ended by itself:\n{self._log.read_text()}", returncode=3)
        try:
            return urllib.request.urlopen(f"{self.url}/healthz", timeout=2).status == 200
        except (urllib.error.URLError, OSError):
            return False


def eventually(look, what: str, more=lambda: "", seconds: float = 30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"Not within {seconds} s: {what}\n{more()}")


@pytest.fixture(scope="session")
def the_api(tmp_path_factory) -> Iterator[ApiProcess]:
    process = ApiProcess(tmp_path_factory.mktemp("api") / "api.log")
    yield process
    process.kill()


@pytest.fixture
def spool(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("THAW_SPOOL", str(tmp_path / "spool"))
    return tmp_path / "spool"


@pytest.fixture
def api(the_api, spool, monkeypatch) -> ApiProcess:
    """Running, with a spool of its own for the test."""
    the_api.start()
    monkeypatch.setenv("THAW_URL", the_api.url)
    return the_api


class Script:
    """A program that imports thaw, as a process."""

    def __init__(self, folder: Path, text: str) -> None:
        path = folder / f"script{len(list(folder.glob('script*.py')))}.py"
        path.write_text("import os, signal, sys, time\nimport thaw\n" + text)
        self.process = subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)

    def line(self) -> str:
        """The next that it prints."""
        return self.process.stdout.readline().strip()

    def end(self) -> "Script":
        self.out, self.err = self.process.communicate(timeout=60)
        self.code = self.process.returncode
        return self


@pytest.fixture
def script(tmp_path) -> Iterator:
    scripts: List[Script] = []

    def start(text: str) -> Script:
        scripts.append(Script(tmp_path, text))
        return scripts[-1]

    yield start
    for each in scripts:
        if each.process.poll() is None:
            each.process.send_signal(signal.SIGKILL)
            each.process.communicate()


def sync(*arguments: str) -> List[dict]:
    """`python -m thaw sync --json`"""
    done = subprocess.run([sys.executable, "-m", "thaw", "sync", "--json", *arguments], capture_output=True, text=True, timeout=60)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def stored(run_id: str) -> dict:
    """The run as the API has it."""
    selection = "id name status endReason kind error tags notes config gitCommit environment artifacts { name kind metadata files { path sha256 size } }"
    return thaw.query("query ($id: ID!) { run(id: $id) { %s } }" % selection, {"id": run_id})["run"]


def left(spool: Path) -> List[str]:
    return sorted(path.name for path in spool.glob("*.pyspool"))


def pytest_runtest_logreport(report) -> None:
    """Tells test/integration/python.test.ts, a line of JSON for each test."""
    file = os.environ.get("THAW_TEST_REPORT")
    if file and (report.when == "call" or report.outcome != "passed"):
        path, _, name = report.nodeid.partition("::")
        told = {"file": Path(path).name, "test": name.partition("[")[0], "outcome": report.outcome, "output": f"{report.nodeid}\n{report.longreprtext}\n{report.capstderr}"}
        with open(file, "a") as reports:
            reports.write(json.dumps(told) + "\n")
