"""A logger for PyTorch Lightning."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Dict, Mapping, Optional, Union

from .exits import outcome
from .run import Run, start_run


def _find_lightning() -> Any:
    """The package that the script uses: the one it has imported, else one that is installed."""
    names = ("lightning.pytorch", "pytorch_lightning")
    for name in [*(name for name in names if name in sys.modules), *names]:
        try:
            return importlib.import_module(f"{name}.loggers.logger"), importlib.import_module(f"{name}.utilities").rank_zero_only
        except ImportError:
            continue
    raise ImportError("thaw.lightning needs PyTorch Lightning: pip install lightning")


_logger, rank_zero_only = _find_lightning()


class ThawLogger(_logger.Logger):  # type: ignore[misc, name-defined]
    """``Trainer(logger=ThawLogger(project="flowers"))``

    ``train_loss`` and ``val_loss`` become ``train/loss`` and ``val/loss``, steps are Lightning's global steps,
    hyperparameters become config. The run starts with the first thing logged, on the process of rank 0. A fit that
    breaks ends it; after one that succeeds it goes on, for a test or another fit, until ``logger.experiment.finish()`` or
    the end of the script.
    """

    def __init__(self, project: str = "default", name: Optional[str] = None, *, run: Optional[Run] = None, **options: Any) -> None:
        """run: one that you end yourself, however a fit ends. options: as for thaw.start_run."""
        super().__init__()
        self._project = project
        self._name = name
        self._options = options
        self._run = run
        self._own = run is None

    @property
    def name(self) -> str:
        return self._project

    @property
    def version(self) -> Union[int, str]:
        return self._run.id if self._run else ""

    @property
    def experiment(self) -> Run:
        """The run; started when there is none yet. Only for the process of rank 0."""
        if self._run is None:
            self._run = start_run(self._project, self._name, **self._options)
        return self._run

    @rank_zero_only
    def log_hyperparams(self, params: Any, *args: Any, **kwargs: Any) -> None:
        self.experiment.update_config(dict(params if isinstance(params, Mapping) else vars(params)))

    @rank_zero_only
    def log_metrics(self, metrics: Mapping[str, Any], step: Optional[int] = None) -> None:
        self.experiment.log({rename(key): value for key, value in metrics.items()}, step)

    @rank_zero_only
    def finalize(self, status: str) -> None:
        if self._run is None or not self._own or status in ("success", "finished"):
            return
        kind, error, trace = sys.exc_info()
        self._run.finish(*(outcome(kind, error, trace) if error else ("FAILED", f"Lightning ended with status {status}.")))

    def __getstate__(self) -> Dict[str, Any]:
        """For processes that Lightning spawns: threads and files do not travel."""
        return {**self.__dict__, "_run": None}


def rename(key: str) -> str:
    """Lightning's usual names as Thaw's."""
    for part in ("train", "val", "test"):
        if key.startswith(f"{part}_"):
            return f"{part}/{key[len(part) + 1:]}"
    return key
