"""Numbers of torchvision's augmentation, as Pillow computes it, for src/pictures/augmentation/augmentation.pillow.json.

Run with torch, torchvision and Pillow (0.14, 9.4 here):
    python3 augmentation.py > ../../src/pictures/augmentation/augmentation.pillow.json
"""
import json
import sys

import numpy as np
import torch
from PIL import Image, ImageEnhance, __version__ as pillow

SIDE = 12
# The same picture as the test's: a linear congruential generator, so that no file is needed.
state, values = 7, []
for _ in range(SIDE * SIDE * 3):
    state = (state * 1103515245 + 12345) % 2**31
    values.append((state >> 16) % 256)
picture = Image.fromarray(np.array(values, np.uint8).reshape(SIDE, SIDE, 3))
flat = lambda image: np.asarray(image).reshape(-1).tolist()

rotations = {str(angle): flat(picture.rotate(angle, Image.Resampling.BILINEAR)) for angle in [-30, -7.25, 12.5, 45, 90, 179]}
colours = {
    kind: {str(factor): flat(enhance(picture).enhance(factor)) for factor in [0, 0.35, 0.9, 1, 1.2, 1.9]}
    for kind, enhance in {"brightness": ImageEnhance.Brightness, "contrast": ImageEnhance.Contrast, "saturation": ImageEnhance.Color}.items()
}
boxes = [[0, 0, 12, 12], [3, 2, 7, 5], [1, 4, 11, 8], [5, 5, 1, 1]]
crops = [{"box": box, "pixels": flat(picture.crop((box[0], box[1], box[0] + box[2], box[1] + box[3])).resize((SIDE, SIDE), Image.Resampling.BILINEAR))} for box in boxes]

# timm's Mixup in mode "batch" (timm/data/mixup.py), on a batch [3, 4, 4, 1] counting up.
batch = torch.arange(48, dtype=torch.float32).reshape(3, 4, 4, 1)
targets = torch.tensor([[0.9, 0.1], [0.1, 0.9], [0.9, 0.1]])
share = 0.3
mixed = batch * share + batch.flip(0) * (1 - share)
mixed_targets = targets * share + targets.flip(0) * (1 - share)


def rand_bbox(height, width, lam, cy, cx):
    ratio = np.sqrt(1 - lam)
    cut_h, cut_w = int(height * ratio), int(width * ratio)
    return (np.clip(cy - cut_h // 2, 0, height), np.clip(cy + cut_h // 2, 0, height),
            np.clip(cx - cut_w // 2, 0, width), np.clip(cx + cut_w // 2, 0, width))


cuts = []
for lam, cy, cx in [(0.3, 1, 2), (0.75, 3, 0), (0.99, 2, 2), (0.01, 0, 3)]:
    y1, y2, x1, x2 = (int(edge) for edge in rand_bbox(4, 4, lam, cy, cx))
    cut = batch.clone()
    cut[:, y1:y2, x1:x2] = batch.flip(0)[:, y1:y2, x1:x2]
    cuts.append({"share": lam, "centre": [cy, cx], "shareLeft": 1 - (y2 - y1) * (x2 - x1) / 16, "pictures": cut.reshape(-1).tolist()})

# Shares of draws from Beta(alpha, alpha) below 0.1, 0.25 and 0.5.
draws = {str(a): [float((torch.distributions.Beta(a, a).sample((2_000_000,)) < edge).float().mean()) for edge in [0.1, 0.25, 0.5]] for a in [0.2, 1.0, 4.0] if torch.manual_seed(0)}

rounded = lambda numbers: [round(number, 6) for number in numbers]
json.dump({
    "madeWith": f"Pillow {pillow}, torch {torch.__version__}",
    "rotations": rotations, "colours": colours, "crops": crops,
    "mixup": {"share": share, "pictures": rounded(mixed.reshape(-1).tolist()), "targets": rounded(mixed_targets.reshape(-1).tolist())},
    "cutmix": cuts, "beta": {a: rounded(shares) for a, shares in draws.items()},
}, sys.stdout, separators=(",", ":"))
