"""A callback for Keras 3, tf.keras and tf_keras."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Dict, Mapping, Optional

from .exits import current_run
from .run import Run


def _callback_class() -> Any:
    """Of the Keras that the script uses: the one it has imported, else one that is installed."""
    for name in ("keras", "tensorflow.keras", "tf_keras"):
        if name in sys.modules and hasattr(sys.modules[name], "callbacks"):
            return sys.modules[name].callbacks.Callback
    for name in ("keras", "tf_keras"):
        try:
            return importlib.import_module(f"{name}.callbacks").Callback
        except ImportError:
            continue
    raise ImportError("thaw.keras needs Keras: pip install keras")


class ThawCallback(_callback_class()):  # type: ignore[misc]
    """``model.fit(…, callbacks=[ThawCallback(run)])`` logs every epoch.

    Keras' ``loss``, ``accuracy``, … become ``train/loss``, ``train/accuracy``, …; ``val_loss``, … become ``val/loss``, …;
    the learning rate of the epoch is ``lr``. Steps are epochs from 1; a second ``fit`` goes on where the first ended.
    Config keys that the run does not have yet are filled in from model and optimizer.
    """

    def __init__(self, run: Optional[Run] = None, *, every_batches: Optional[int] = None, log_config: bool = True) -> None:
        """run: default the current one. every_batches: log ``batch/loss``, … too, over batches counted through all epochs."""
        super().__init__()
        going_on = run or current_run()
        if going_on is None:
            raise ValueError("No run is going on: call thaw.start_run first, or give ThawCallback a run.")
        self._thaw_run = going_on
        self._log_config = log_config
        self._last_step = 0
        self._offset: Optional[int] = None
        self._batches = 0
        if every_batches:
            # Only then: Keras fetches the numbers of a batch from the device only for a callback that wants them.
            self._every_batches = every_batches
            self.on_train_batch_end = self._log_batch

    def on_train_begin(self, logs: Optional[Mapping[str, Any]] = None) -> None:
        self._offset = None
        if self._log_config:
            self._log_config = False
            known = self._thaw_run.config
            found = {key: value for key, value in _describe(self.model, self.params or {}).items() if key not in known}
            if found:
                self._thaw_run.update_config(found)

    def on_epoch_begin(self, epoch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        if self._offset is None:
            self._offset = max(0, self._last_step - epoch)

    def on_epoch_end(self, epoch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        values = rename(logs or {})
        if "lr" not in values:
            rate = learning_rate(self.model)
            if rate is not None:
                values["lr"] = rate
        self._last_step = epoch + 1 + (self._offset or 0)
        self._thaw_run.log(values, step=self._last_step)

    def _log_batch(self, batch: int, logs: Optional[Mapping[str, Any]] = None) -> None:
        self._batches += 1
        if self._batches % self._every_batches == 0:
            self._thaw_run.log({f"batch/{key}": value for key, value in (logs or {}).items()}, step=self._batches)

    # Asked by Keras 2, in case it gets a callback of Keras 3.
    _supports_tf_logs = False

    def _implements_train_batch_hooks(self) -> bool:
        return "on_train_batch_end" in self.__dict__

    def _implements_test_batch_hooks(self) -> bool:
        return False

    def _implements_predict_batch_hooks(self) -> bool:
        return False


def rename(logs: Mapping[str, Any]) -> Dict[str, Any]:
    """Keras' names as Thaw's."""
    values = {}
    for key, value in logs.items():
        if key in ("lr", "learning_rate"):
            values["lr"] = value
        elif key.startswith("val_"):
            values[f"val/{key[4:]}"] = value
        else:
            values[f"train/{key}"] = value
    return values


def learning_rate(model: Any) -> Optional[float]:
    """What the optimizer would use for its next batch; None without one."""
    try:
        rate = model.optimizer.learning_rate
        if callable(rate) and not hasattr(rate, "numpy"):
            rate = rate(model.optimizer.iterations)
        if hasattr(rate, "detach"):
            rate = rate.detach().cpu()
        return float(rate.numpy() if hasattr(rate, "numpy") else rate)
    except Exception:  # noqa: BLE001 optimizers of other makes may have none
        return None


def _describe(model: Any, params: Mapping[str, Any]) -> Dict[str, Any]:
    config: Dict[str, Any] = {"epochs": params.get("epochs"), "stepsPerEpoch": params.get("steps")}
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None:
        config["optimizer"] = type(optimizer).__name__.lower()
        config["learningRate"] = learning_rate(model)
        weight_decay = getattr(optimizer, "weight_decay", None)
        if weight_decay:
            config["weightDecay"] = float(weight_decay)
    loss = getattr(model, "loss", None)
    if loss is not None:
        config["loss"] = loss if isinstance(loss, str) else getattr(loss, "name", None) or type(loss).__name__
    try:
        trainable = sum(_size(weight) for weight in model.trainable_weights)
        config["model"] = {"name": model.name, "layers": len(model.layers), "parameters": model.count_params(), "trainable": trainable}
    except Exception:  # noqa: BLE001 a subclassed model may not be built yet
        pass
    return {key: value for key, value in config.items() if value is not None}


def _size(weight: Any) -> int:
    size = 1
    for side in weight.shape:
        size *= int(side)
    return size
