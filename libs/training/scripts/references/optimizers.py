"""Where PyTorch's and Keras's optimizers walk with fixed gradients, for libs/training/src/optimizer/optimizer.test.ts.

    python3 optimizers.py torch > ../../src/optimizer/optimizers.torch.json     (PyTorch 1.13)
    python3 optimizers.py keras > ../../src/optimizer/optimizers.keras.json     (tf-keras 2.16)
"""
import json
import sys

START = [1.0, -2.0, 0.5]
GRADIENTS = [[0.1, -0.3, 2.0], [0.2, 0.1, -1.0], [-0.4, 0.0, 0.5], [0.3, -0.2, 0.1], [1e-4, -3.0, 1e-9], [0.0, 0.7, -0.2]]


def by_torch():
    import torch

    def walk(make, clip=None):
        weight = torch.nn.Parameter(torch.tensor(START, dtype=torch.float64))
        optimizer = make([weight])
        for gradient in GRADIENTS:
            weight.grad = torch.tensor(gradient, dtype=torch.float64)
            if clip:
                torch.nn.utils.clip_grad_norm_([weight], clip)
            optimizer.step()
        return [round(v, 7) for v in weight.tolist()]

    # Keras's epsilon, which Thaw's Adam takes.
    adam = dict(lr=0.1, eps=1e-7)
    return {
        "adam": walk(lambda p: torch.optim.Adam(p, **adam)),
        "adam_decay": walk(lambda p: torch.optim.Adam(p, weight_decay=0.05, **adam)),
        "adamw_decay": walk(lambda p: torch.optim.AdamW(p, weight_decay=0.05, **adam)),
        "sgd": walk(lambda p: torch.optim.SGD(p, lr=0.1)),
        "sgd_momentum": walk(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
        "sgd_nesterov_decay": walk(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
        "sgd_clipped": walk(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), clip=0.5),
    }


def by_keras():
    import tensorflow as tf
    import tf_keras

    def walk(optimizer):
        weight = tf.Variable(START)
        for gradient in GRADIENTS:
            optimizer.apply_gradients([(tf.constant(gradient), weight)])
        return [round(float(v), 6) for v in weight.numpy()]

    return {"rmsprop": walk(tf_keras.optimizers.RMSprop(learning_rate=0.1))}


print(json.dumps({"start": START, "gradients": GRADIENTS, "ends": {"torch": by_torch, "keras": by_keras}[sys.argv[1]]()}))
