"""What a script hands over, as plain numbers and plain JSON."""

from __future__ import annotations

import math
from typing import Any, Dict

LONGEST_KEY = 512
"""Bytes in UTF-8."""
LARGEST_STEP = 2**53 - 1


def to_number(value: Any) -> float:
    """A float of a number, or of a numpy, torch, TensorFlow or JAX scalar (any array of one element).

    NaN and infinities stay what they are. Raises TypeError or ValueError for anything else.
    """
    if isinstance(value, (int, float)):
        return _float(value)
    if isinstance(value, (str, bytes, complex)) or value is None:
        raise TypeError(f"{_show(value)} is no number")
    shape = getattr(value, "shape", ())
    if math.prod(int(size) for size in shape) != 1:
        raise ValueError(f"it has shape {tuple(shape)}: log one number, such as its mean")
    if hasattr(value, "item"):
        value = value.item()
    elif hasattr(value, "numpy"):
        value = value.numpy().item()
    if isinstance(value, (str, bytes, complex)):
        raise TypeError(f"{_show(value)} is no number")
    return _float(value)


def check_key(key: Any) -> str:
    """Raises TypeError or ValueError when it cannot name a metric."""
    if not isinstance(key, str):
        raise TypeError(f"the key {_show(key)} is no string")
    if not key.strip():
        raise ValueError("the key is empty; it must be a name such as \"train/loss\"")
    if "\0" in key or any("\ud800" <= character <= "\udfff" for character in key):
        raise ValueError(f"the key {_show(key)} holds a NUL or half a character")
    if len(key.encode()) > LONGEST_KEY:
        raise ValueError(f"the key {_show(key)} has {len(key.encode())} bytes; at most {LONGEST_KEY} are kept")
    return key


def check_step(step: Any) -> int:
    """Raises TypeError or ValueError when it is no whole number within 2**53."""
    if hasattr(step, "numpy") and not hasattr(step, "__index__"):
        step = step.numpy()
    try:
        whole = step.__index__()
    except (AttributeError, TypeError):
        number = to_number(step)
        if not number.is_integer():
            raise ValueError(f"the step {_show(step)} is no whole number") from None
        whole = int(number)
    if abs(whole) > LARGEST_STEP:
        raise ValueError(f"the step {whole} is beyond 2**53")
    return whole


def to_json(value: Any, depth: int = 18) -> Any:
    """Plain JSON of a config, whatever is in it: what has no JSON form becomes its text, NaN the text "NaN"."""
    if value is None or isinstance(value, (bool, int)) and not hasattr(value, "dtype"):
        return value if value is None or abs(value) <= LARGEST_STEP else str(value)
    if isinstance(value, float):
        number = float(value)
        return number if math.isfinite(number) else _name(number)
    if isinstance(value, str):
        return to_text(value)
    if depth == 0:
        return _show(value)
    if isinstance(value, dict):
        return {to_text(str(key)): to_json(item, depth - 1) for key, item in value.items() if str(key)}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_json(item, depth - 1) for item in value]
    for attribute in ("tolist", "item"):  # numpy, torch, JAX
        if hasattr(value, attribute) and hasattr(value, "shape"):
            try:
                return to_json(getattr(value, attribute)(), depth - 1)
            except Exception:  # noqa: BLE001 a foreign object may raise anything
                break
    if hasattr(value, "__dict__") and type(value).__name__ in ("Namespace", "SimpleNamespace", "AttributeDict"):
        return to_json(vars(value), depth - 1)
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return {name: to_json(getattr(value, name, None), depth - 1) for name in value.__dataclass_fields__}
    if callable(value) and hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    return to_text(_show(value, 1000))


def merge(config: Dict[str, Any], change: Dict[str, Any]) -> None:
    """As the API does it: dicts within dicts, and None takes a value away."""
    for key, value in change.items():
        if value is None:
            config.pop(key, None)
        elif isinstance(value, dict):
            if not isinstance(config.get(key), dict):
                config[key] = {}
            merge(config[key], value)
        else:
            config[key] = value


def to_text(text: str) -> str:
    """As Postgres can keep it: without NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _name(number: float) -> str:
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _show(value: Any, length: int = 60) -> str:
    try:
        text = value if isinstance(value, str) and length > 60 else repr(value)
    except Exception:  # noqa: BLE001
        text = f"<{type(value).__name__}>"
    return text if len(text) <= length else text[:length] + "…"
