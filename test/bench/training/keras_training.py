"""Fine-tunes a tfjs LayersModel in Keras, as a person would write it. The last line of output is the answer, as JSON.

  python keras_training.py head       MODEL DATA EPOCHS SEED    Model.fit with a frozen base, from the files to the last epoch
  python keras_training.py accuracy   MODEL DATA EPOCHS SEEDS   the same training on features computed once: quicker, for its accuracy
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf
import tf_keras as keras
from PIL import Image

from keras_rates import feature_map, load_layers_model

BATCH = 32


def backbone(folder):
    model = load_layers_model(folder)
    return keras.Model(model.input, feature_map(model))


def pictures(folder, side=224):
    """All of a split in memory, scaled to -1..1."""
    classes = sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
    x, y = [], []
    for label, name in enumerate(classes):
        for file in sorted(os.listdir(os.path.join(folder, name))):
            picture = Image.open(os.path.join(folder, name, file)).convert("RGB").resize((side, side), Image.BILINEAR)
            x.append(np.asarray(picture, np.float32) / 127.5 - 1)
            y.append(label)
    return np.stack(x), np.array(y), len(classes)


def head(classes):
    return [keras.layers.Dropout(0.2), keras.layers.Dense(classes)]


def compiled(model):
    model.compile(keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True), ["accuracy"])
    return model


def fit(model, train, val, epochs):
    return max(compiled(model).fit(*train, batch_size=BATCH, epochs=epochs, validation_data=val, verbose=0).history["val_accuracy"])


def train_head(folder, data, epochs, seed):
    keras.utils.set_random_seed(seed)
    base = backbone(folder)
    base.trainable = False
    started = time.perf_counter()
    x, y, classes = pictures(os.path.join(data, "train"))
    val_x, val_y, _ = pictures(os.path.join(data, "val"))
    model = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), *head(classes)])
    accuracy = fit(model, (x, y), (val_x, val_y), epochs)
    return {"seconds": time.perf_counter() - started, "accuracy": accuracy}


def head_accuracies(folder, data, epochs, seeds):
    base = backbone(folder)
    features = keras.Model(base.input, keras.layers.GlobalAveragePooling2D()(base.output))
    x, y, classes = pictures(os.path.join(data, "train"))
    val_x, val_y, _ = pictures(os.path.join(data, "val"))
    x, val_x = (features.predict(each, batch_size=BATCH, verbose=0) for each in (x, val_x))
    accuracies = []
    for seed in range(1, seeds + 1):
        keras.utils.set_random_seed(seed)
        accuracies.append(fit(keras.Sequential(head(classes)), (x, y), (val_x, val_y), epochs))
    return {"accuracies": accuracies}


work, folder, *rest = sys.argv[1:]
if work == "head":
    answer = train_head(folder, rest[0], int(rest[1]), int(rest[2]))
else:
    answer = head_accuracies(folder, rest[0], int(rest[1]), int(rest[2]))
print(json.dumps({**answer, "keras": keras.__version__, "tensorflow": tf.__version__}))
