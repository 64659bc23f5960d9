import argparse
import math
from dataclasses import dataclass
from decimal import Decimal

import numpy
import pytest

from thaw.values import check_key, check_step, to_json, to_number


@pytest.mark.parametrize("value", [3, 3.0, numpy.float32(3), numpy.int64(3), numpy.array(3.0), numpy.array([[3]]), Decimal(3), True + 2])
def test_scalars_of_every_make_are_numbers(value):
    number = to_number(value)
    assert number == 3.0 and type(number) is float


def test_tensors_of_one_element_are_numbers():
    tensorflow = pytest.importorskip("tensorflow")
    assert to_number(tensorflow.constant(0.25)) == 0.25
    assert to_number(tensorflow.Variable(2)) == 2.0
    assert to_number(tensorflow.cast(0.5, tensorflow.bfloat16)) == 0.5


def test_torch_scalars_are_numbers():
    torch = pytest.importorskip("torch")
    assert to_number(torch.tensor(0.25, requires_grad=True)) == 0.25


def test_what_is_not_finite_stays():
    assert math.isnan(to_number(numpy.float32("nan")))
    assert to_number(math.inf) == math.inf and to_number(-(10**400)) == -math.inf


@pytest.mark.parametrize("value, said", [("0.3", "no number"), (None, "no number"), (1j, "no number"), ([1], "float"), (numpy.zeros(3), r"shape \(3,\)"), (numpy.array("x"), "no number")])
def test_anything_else_is_refused(value, said):
    with pytest.raises((TypeError, ValueError), match=said):
        to_number(value)


def test_keys_and_steps():
    assert check_key("ü" * 256) == "ü" * 256
    for key in ["", " ", "a\0", "\ud800", "ü" * 257, 3]:
        with pytest.raises((TypeError, ValueError)):
            check_key(key)
    assert [check_step(step) for step in (numpy.int32(4), 4.0, numpy.array(4), True)] == [4, 4, 4, 1]
    for step in [1.5, "1", None, 2**53, math.nan]:
        with pytest.raises((TypeError, ValueError)):
            check_step(step)


def test_any_config_becomes_json():
    @dataclass
    class Head:
        units: int

    class Odd:
        def __repr__(self):
            raise RuntimeError

    given = {
        "a": numpy.float32(0.5), "b": (1, {2}), "c": math.nan, "d": Head(3), "e": argparse.Namespace(x=1), "f": numpy.arange(3),
        "g": print, "h": Odd(), 5: 2**80, "i": "\ud800x\0", "j": None, "k": True, "l": numpy.bool_(True),
    }
    assert to_json(given) == {
        "a": 0.5, "b": [1, [2]], "c": "NaN", "d": {"units": 3}, "e": {"x": 1}, "f": [0, 1, 2],
        "g": "builtins.print", "h": "<Odd>", "5": str(2**80), "i": "?x", "j": None, "k": True, "l": True,
    }
    ring = {}
    ring["self"] = ring
    assert isinstance(to_json(ring), dict)
