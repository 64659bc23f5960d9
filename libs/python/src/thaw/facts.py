"""What a run's script ran on, for ``environment`` and ``gitCommit``."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
from typing import Any, Dict, Optional

FRAMEWORKS = ("numpy", "tensorflow", "keras", "torch", "lightning", "pytorch_lightning", "jax", "sklearn")


def environment() -> Dict[str, Any]:
    """Only what is at hand: no library is imported for it."""
    loaded = {name: getattr(sys.modules[name], "__version__", None) for name in FRAMEWORKS if name in sys.modules}
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "host": socket.gethostname(),
        "cpus": os.cpu_count(),
        "script": sys.argv[0] if sys.argv else None,
        "packages": {name: str(version) for name, version in loaded.items() if version},
    }


def git_commit() -> Optional[str]:
    """Of the working directory; None outside a repository."""
    try:
        answer = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, timeout=2, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None
