import json
import resource
import subprocess
import sys

import pytest

from thaw import spool as module
from thaw.spool import Spool, SpoolFull

HEADER = {"id": "r", "url": "http://x"}


def make(folder, limit=1 << 30):
    return Spool.create(folder, "r", HEADER, limit)


def take_all(spool):
    taken = []
    while record := spool.next():
        taken.append((record.operation, json.loads(record.payload)))
        spool.sent(record)
    return taken


def test_records_come_in_order_and_once(tmp_path):
    spool = make(tmp_path)
    for number in range(5):
        spool.append("metrics", json.dumps(number).encode())
    first = spool.next()
    assert (first.operation, first.payload) == ("metrics", b"0") and spool.next() == first
    spool.sent(first)
    spool.close()

    again = Spool.open(tmp_path / "r.pyspool")
    assert again.header == HEADER and not again.finished and again.damaged == 0
    assert take_all(again) == [("metrics", number) for number in (1, 2, 3, 4)]
    again.remove()
    assert list(tmp_path.iterdir()) == []


def test_only_one_holds_it(tmp_path):
    spool = make(tmp_path)
    assert Spool.open(spool.path) is None
    other = "import sys; from pathlib import Path; from thaw.spool import Spool; print(Spool.open(Path(sys.argv[1])))"
    assert subprocess.run([sys.executable, "-c", other, str(spool.path)], capture_output=True, text=True).stdout == "None\n"
    spool.close()
    assert Spool.open(spool.path) is not None


def test_a_file_cut_off_anywhere_gives_all_that_was_whole_and_takes_more(tmp_path):
    spool = make(tmp_path)
    for number in range(3):
        spool.append("metrics", json.dumps([number] * 9).encode())
    spool.close()
    whole = spool.path.read_bytes()
    lines = whole.splitlines(keepends=True)
    whole_at = {sum(map(len, lines[:count])) for count in range(1, 5)}
    for cut in range(len(lines[0]), len(whole) + 1):
        path = tmp_path / "cut" / "r.pyspool"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(whole[:cut])
        opened = Spool.open(path)
        opened.append("finish", b"{}")
        # A record that lacks nothing but the end of its line is whole.
        expected = [("metrics", [number] * 9) for number in range(3) if sum(map(len, lines[: number + 2])) - 1 <= cut]
        assert take_all(opened) == [*expected, ("finish", {})], cut
        assert opened.damaged == (cut + 1 not in whole_at and cut not in whole_at)
        opened.remove()


def test_what_was_overwritten_by_nonsense_is_passed_over(tmp_path):
    spool = make(tmp_path)
    for number in range(3):
        spool.append("metrics", json.dumps([number] * 9).encode())
    spool.close()
    content = bytearray(spool.path.read_bytes())
    content[content.index(b"[1, 1") + 2] = 0
    spool.path.write_bytes(content)
    opened = Spool.open(spool.path)
    assert take_all(opened) == [("metrics", [0] * 9), ("metrics", [2] * 9)]
    assert opened.damaged == 1


def test_a_file_sent_whole_does_not_grow(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "COMPACT_AT", 2000)
    spool = make(tmp_path)
    for number in range(300):
        spool.append("metrics", json.dumps([number] * 30).encode())
        assert take_all(spool) == [("metrics", [number] * 30)]
        assert spool.path.stat().st_size < 3000
    assert (spool.appended, spool.completed) == (300, 300)
    spool.append("finish", b"{}")
    spool.close()
    again = Spool.open(spool.path)
    assert again.header == HEADER and again.finished and take_all(again) == [("finish", {})]


def test_beyond_the_limit_metrics_are_refused_and_the_end_is_not(tmp_path):
    spool = make(tmp_path, limit=0)
    block = json.dumps("x" * (1 << 20)).encode()
    with pytest.raises(SpoolFull, match="16 MiB wait"):
        for _ in range(17):
            spool.append("metrics", block, droppable=True)
    spool.append("finish", b"{}")
    kept = take_all(spool)
    assert len(kept) == 16 and kept[-1] == ("finish", {})
    assert spool.room == module.LEAST_LIMIT - spool.path.stat().st_size + spool.position


def test_what_the_disk_does_not_take_waits_in_memory(tmp_path):
    """RLIMIT_FSIZE stands for a full disk: a write is cut short, later ones fail."""
    spool = make(tmp_path)
    spool.append("metrics", b'"before"')
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (spool.path.stat().st_size + 20, hard))
    try:
        for number in range(3):
            spool.append("metrics", json.dumps([number] * 99).encode())
        assert spool.path.read_bytes()[-1:] != b"\n"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert take_all(spool) == [("metrics", "before"), *(("metrics", [number] * 99) for number in range(3))]
    spool.append("finish", b"{}")
    assert take_all(spool) == [("finish", {})]
    assert spool.appended == spool.completed == 5
