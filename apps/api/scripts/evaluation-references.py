"""Numbers that evaluation-figures.test.ts compares with, from scikit-learn; needs numpy and scikit-learn 1.7 or later:

    python apps/api/scripts/evaluation-references.py > apps/api/src/artifact/evaluation-references.json
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, brier_score_loss, confusion_matrix, log_loss, precision_recall_fscore_support


def guo_ece(confidences, right, bins=15):
    """ECELoss of Guo et al.'s github.com/gpleiss/temperature_scaling, in numpy; and the largest gap of a bin."""
    edges = np.linspace(0, 1, bins + 1)
    ece, gaps, filled = 0.0, [], []
    for lower, upper in zip(edges[:-1], edges[1:]):
        inside = (confidences > lower) & (confidences <= upper)
        if inside.any():
            gap = abs(confidences[inside].mean() - right[inside].mean())
            ece += gap * inside.mean()
            gaps.append(gap)
            filled.append([float(lower), int(inside.sum()), float(confidences[inside].mean()), float(right[inside].mean())])
    return float(ece), float(max(gaps)), filled


random = np.random.default_rng(7)
classes, count = 4, 120
# Class 3 is never true, class 2 rare: averages differ, and one recall has nothing to divide.
labels = random.choice(classes, count, p=[0.6, 0.3, 0.1, 0])
scores = random.normal(size=(count, classes)) * 1.5
scores[np.arange(count), labels] += 1.5
probabilities = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
probabilities = np.round(probabilities, 4)
probabilities[:, -1] = np.round(1 - probabilities[:, :-1].sum(1), 4)
predicted = probabilities.argmax(1)
confidence = probabilities.max(1)

average = lambda how: dict(zip(["precision", "recall", "f1"], map(float, precision_recall_fscore_support(labels, predicted, labels=range(classes), average=how, zero_division=0)[:3])))
ece, maximum_error, bins = guo_ece(confidence, (predicted == labels).astype(float))
json.dump({
    "made with": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}",
    "labels": labels.tolist(), "probabilities": probabilities.tolist(),
    "accuracy": float(accuracy_score(labels, predicted)),
    "matrix": confusion_matrix(labels, predicted, labels=range(classes)).tolist(),
    "perClass": [[float(value) for value in row] for row in zip(*precision_recall_fscore_support(labels, predicted, labels=range(classes), zero_division=0))],
    "macro": average("macro"), "weighted": average("weighted"),
    "ece": ece, "maximumError": maximum_error, "bins": bins,
    # scikit-learn 1.7 halves the Brier score of two classes only, with scale_by_half="auto".
    "brier": float(brier_score_loss(labels, probabilities, labels=range(classes), scale_by_half=False)),
    "logLoss": float(log_loss(labels, probabilities, labels=range(classes))),
}, sys.stdout)
print()
