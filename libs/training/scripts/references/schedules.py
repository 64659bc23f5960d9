"""Factors on the learning rate by PyTorch's schedulers, one per step, for libs/training/src/schedule/rate-factor.test.ts.

    python3 schedules.py > ../../src/schedule/schedules.torch.json     (PyTorch 1.13)
"""
import json
import warnings

import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LambdaLR, LinearLR, OneCycleLR, SequentialLR, StepLR

warnings.filterwarnings("ignore")
STEPS, PER_EPOCH = 24, 4


def factors(make, warmup=0):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    if warmup:
        # As torchvision's references/classification/train.py warms up.
        first = LinearLR(optimizer, start_factor=0.01, total_iters=warmup)
        scheduler = SequentialLR(optimizer, [first, make(optimizer, STEPS - warmup)], milestones=[warmup])
    else:
        scheduler = make(optimizer, STEPS)
    rates = []
    for _ in range(STEPS):
        rates.append(round(optimizer.param_groups[0]["lr"], 9))
        optimizer.step()
        scheduler.step()
    return rates


cosine = lambda optimizer, steps: CosineAnnealingLR(optimizer, T_max=steps)
step = lambda optimizer, _: StepLR(optimizer, step_size=2 * PER_EPOCH, gamma=0.3)
print(json.dumps({
    "steps": STEPS,
    "stepsPerEpoch": PER_EPOCH,
    "cosine": factors(cosine),
    "cosineFloor": factors(lambda optimizer, steps: CosineAnnealingLR(optimizer, T_max=steps, eta_min=0.2)),
    "step": factors(step),
    "oneCycle": factors(lambda optimizer, steps: OneCycleLR(optimizer, max_lr=1.0, total_steps=steps, cycle_momentum=False)),
    "warmupCosine": factors(cosine, warmup=6),
    "warmupStep": factors(step, warmup=6),
    "warmupConstant": factors(lambda optimizer, _: LambdaLR(optimizer, lambda _: 1.0), warmup=6),
}))
