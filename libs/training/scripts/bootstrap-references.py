"""Numbers that paired-bootstrap.test.ts compares with, from scipy; needs numpy and scipy:

    python libs/training/scripts/bootstrap-references.py > libs/training/src/transfer-gain/bootstrap-references.json

A hundred times the resamples that Thaw takes, so that what differs is Thaw's own randomness.
"""
import json
import sys

import numpy as np
import scipy
from scipy.stats import bootstrap

# name: pictures both tell right, only the run, only the baseline, neither
cases = {"clear": (40, 31, 4, 5), "even": (100, 12, 12, 26), "one-sided": (30, 10, 0, 10), "large": (1200, 340, 210, 250), "tiny": (3, 2, 1, 0)}

references = {"made with": f"numpy {np.__version__}, scipy {scipy.__version__}"}
for name, (both, run_only, baseline_only, neither) in cases.items():
    run = np.repeat([1, 1, 0, 0], [both, run_only, baseline_only, neither])
    baseline = np.repeat([1, 0, 1, 0], [both, run_only, baseline_only, neither])
    found = bootstrap((run, baseline), lambda a, b, axis=-1: a.mean(axis) - b.mean(axis), paired=True, vectorized=True,
                      n_resamples=1_000_000, batch=10_000, confidence_level=0.95, method="percentile", rng=np.random.default_rng(1))
    low, high = found.confidence_interval
    references[name] = {"counts": [both, run_only, baseline_only, neither], "gain": float(run.mean() - baseline.mean()),
                        "low": float(low), "high": float(high), "standardError": float(found.standard_error)}
json.dump(references, sys.stdout, indent=1)
print()
