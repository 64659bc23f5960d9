"""``python -m thaw sync``: sends what scripts could not."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import List, Optional

from .leftovers import send_leftovers
from .settings import read_settings


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m thaw", description="Thaw for Python scripts.")
    commands = parser.add_subparsers(dest="command", required=True)
    sync = commands.add_parser("sync", help="send the runs that wait in the spool; those of living scripts are left to them")
    sync.add_argument("--url", help="send to this API rather than to the one each run was meant for")
    sync.add_argument("--spool", help="folder of the spool; default THAW_SPOOL, else ~/.thaw/spool/python")
    sync.add_argument("--json", action="store_true", help="print one JSON array")
    options = parser.parse_args(arguments)
    results = []
    for sent in send_leftovers(read_settings(options.url, options.spool), url=options.url):
        results.append(sent)
        if not options.json:
            print(f"{sent.project}/{sent.name} ({sent.run_id}) to {sent.url}: " + (f"still waits: {sent.error}" if sent.error else f"{sent.records} records sent"))
            for problem in sent.problems:
                print(f"  {problem}")
    if options.json:
        print(json.dumps([asdict(sent) for sent in results]))
    elif not results:
        print("Nothing waits.")
    return 1 if any(sent.error for sent in results) else 0


if __name__ == "__main__":
    sys.exit(main())
