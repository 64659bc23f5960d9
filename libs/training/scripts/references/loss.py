"""Cross-entropy by PyTorch, for libs/training/src/network/loss.test.ts.

    python3 loss.py > ../../src/network/loss.torch.json        (PyTorch 1.13)
"""
import json

import torch
from torch.nn.functional import cross_entropy

torch.manual_seed(1)
logits = (torch.randn(4, 5) * 3).double()
labels = torch.tensor([0, 3, 3, 1])
soft = torch.softmax(torch.randn(4, 5).double(), 1)
weights = torch.tensor([0.5, 2.0, 1.0, 0.8, 1.5]).double()


def case(target, **options):
    given = logits.clone().requires_grad_(True)
    loss = cross_entropy(given, target, **options)
    loss.backward()
    return {"loss": round(loss.item(), 7), "gradient": [round(g, 7) for g in given.grad.flatten().tolist()]}


one_hot = torch.nn.functional.one_hot(labels, 5).double()
mixed = 0.7 * one_hot + 0.3 * one_hot.flip(0)
print(json.dumps({
    "logits": [round(v, 7) for v in logits.flatten().tolist()],
    "labels": labels.tolist(),
    "soft": [round(v, 7) for v in soft.flatten().tolist()],
    "weights": weights.tolist(),
    "hard": case(labels),
    "smoothed": case(labels, label_smoothing=0.1),
    "softTargets": case(soft),
    # With probabilities as targets PyTorch divides by the number of pictures, as Keras does with class_weight.
    "weighted": case(one_hot, weight=weights),
    "weightedSmoothed": case(0.9 * one_hot + 0.1 / 5, weight=weights),
    "mixedSmoothed": case(mixed, label_smoothing=0.1),
}))
