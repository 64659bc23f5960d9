"""What Keras's EarlyStopping and ReduceLROnPlateau do with sequences of values, random ones and edge cases.

    python keras_callbacks.py early-stopping > ../../src/early-stopping.keras.json     (tf-keras 2.16)
    python keras_callbacks.py plateau > ../../src/schedule/plateau.keras.json
"""
import json
import math
import random
import sys

import tf_keras

NAN, INF = float("nan"), float("inf")
METRICS = {"val/accuracy": "val_accuracy", "val/loss": "val_loss", "train/accuracy": "accuracy", "train/loss": "loss"}
wire = lambda value: value if value is None or math.isfinite(value) else str(value)


class Model:
    """Its weights are the number of the epoch, from 1; 0 before the first."""

    def __init__(self):
        self.weights, self.stop_training = [0], False
        self.optimizer = type("Optimizer", (), {"lr": tf_keras.backend.variable(1.0, dtype="float64")})()

    def get_weights(self):
        return list(self.weights)

    def set_weights(self, weights):
        self.weights = weights


def stop(values, monitor, **rule):
    """Epoch it stopped after (null: never) and the one whose weights the model ends with."""
    keras = dict(mode="auto", patience=0, min_delta=0, baseline=None, start_from_epoch=0, restore_best_weights=True)
    callback = tf_keras.callbacks.EarlyStopping(monitor=METRICS[monitor], **{**keras, **rule})
    model = Model()
    callback.set_model(model)
    callback.on_train_begin()
    stopped = None
    for epoch, value in enumerate(values):
        model.weights = [epoch + 1]
        callback.on_epoch_end(epoch, {METRICS[monitor]: value})
        if model.stop_training:
            stopped = epoch + 1
            break
    callback.on_train_end()
    return {"monitor": monitor, **rule, "values": [wire(v) for v in values], "stoppedAt": stopped, "endsWith": model.weights[0]}


def plateau(values, monitor, **rule):
    """The rate after each epoch, from 1."""
    callback = tf_keras.callbacks.ReduceLROnPlateau(monitor=METRICS[monitor], **rule)
    model = Model()
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {METRICS[monitor]: value})
        rates.append(round(float(model.optimizer.lr.numpy()), 9))
    return {"monitor": monitor, **rule, "values": [wire(v) for v in values], "rates": rates}


def sequences(draw, count):
    for _ in range(count):
        kind = draw.randrange(4)
        length = draw.randrange(1, 14)
        if kind == 0:  # few levels, so that equal values are frequent
            yield [draw.choice([0.25, 0.5, 0.75, 1.0]) for _ in range(length)]
        elif kind == 1:  # falling, with noise
            yield [round(2 / (i + 1) + draw.uniform(-0.3, 0.3), 3) for i in range(length)]
        elif kind == 2:  # rising, with noise
            yield [round(1 - 1 / (i + 1.5) + draw.uniform(-0.2, 0.2), 3) for i in range(length)]
        else:
            yield [draw.choice([NAN, INF, -INF, 0.1, 0.5, 0.9]) for _ in range(length)]


EDGES = [
    dict(values=[NAN, NAN, NAN]), dict(values=[INF, INF, 1.0, INF], patience=2), dict(values=[-INF, 1.0, 1.0], patience=2),
    dict(values=[1.0, 1.0, 1.0, 1.0], patience=2), dict(values=[1.0]), dict(values=[NAN]), dict(values=[1.0, 2.0, 3.0]),
    dict(values=[3.0, 2.0, 1.0], start_from_epoch=9), dict(values=[1.0, 2.0, 3.0, 4.0], start_from_epoch=1),
    dict(values=[9.0, 8.0, 7.0, 6.0, 6.5], baseline=1.0, patience=2), dict(values=[9.0, 8.0, 0.5, 6.0, 6.5, 7.0], baseline=1.0, patience=2),
    dict(values=[1.0, 0.95, 0.91, 0.8], min_delta=0.1, patience=2), dict(values=[0.0, 0.0], baseline=0.0),
]


def early_stopping_cases():
    draw = random.Random(5)
    for edge in EDGES:
        for monitor in METRICS:
            yield stop(edge["values"], monitor, **{k: v for k, v in edge.items() if k != "values"})
    for values in sequences(draw, 150):
        rule = dict(patience=draw.randrange(4), min_delta=draw.choice([0, 0, 0.05, 0.25]), baseline=draw.choice([None, None, 0.6]),
                    start_from_epoch=draw.choice([0, 0, 2, 5]), mode=draw.choice(["auto", "min", "max"]))
        yield stop(values, draw.choice(list(METRICS)), **rule)


def plateau_cases():
    draw = random.Random(6)
    for values in sequences(draw, 60):
        rule = dict(patience=draw.randrange(4), min_delta=1e-4, cooldown=draw.choice([0, 0, 1, 3]), factor=draw.choice([0.1, 0.5]),
                    min_lr=draw.choice([0, 0, 0.2]), mode=draw.choice(["auto", "min", "max"]))
        yield plateau(values, draw.choice(list(METRICS)), **rule)


cases = {"early-stopping": early_stopping_cases, "plateau": plateau_cases}[sys.argv[1]]()
print("[" + ",\n".join(json.dumps(case) for case in cases) + "]")
