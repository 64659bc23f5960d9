"""The learning rates fastai's "valley" suggests for curves of losses, for libs/training/src/learning-rate-finder/suggest.test.ts.

    python3 learning_rate_finder.py fastai-2.7.15-py3-none-any.whl > ../../src/learning-rate-finder/suggest.fastai.json

The function is taken out of fastai's file, so that nothing but the wheel (pip download --no-deps fastai==2.7.15) is needed.
"""
import ast
import json
import math
import random
import sys
import zipfile

source = zipfile.ZipFile(sys.argv[1]).read("fastai/callback/schedule.py").decode()
[valley] = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "valley"]
names = {}
exec(compile(ast.Module([valley], []), "valley", "exec"), names)

PLANNED = 100
draw = random.Random(7)


def curve(steps, falls_from, rises_from, noise):
    losses = []
    for step in range(steps):
        fall = 1.5 / (1 + math.exp((step - falls_from) / 6))
        rise = math.exp((step - rises_from) / 5)
        losses.append(round(0.4 + fall + rise + draw.uniform(-noise, noise), 5))
    return losses


def case(losses):
    """Without the first tenth and the last five, as lr_find has it."""
    rates = [1e-7 * (10 / 1e-7) ** (step / PLANNED) for step in range(len(losses))]
    return {"losses": losses, "suggestion": names["valley"](rates[PLANNED // 10:-5], losses[PLANNED // 10:-5], PLANNED)[0]}


curves = [curve(draw.randrange(60, 101), draw.randrange(30, 60), draw.randrange(60, 95), noise) for noise in (0, 0, 0.01, 0.05, 0.2, 0.5)]
print(json.dumps([case(losses) for losses in curves]))
