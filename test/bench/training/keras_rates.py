"""Pictures a second through Keras, measured as libs/training/scripts/measure-rates.ts measures Thaw. The last line is JSON.

usage: keras_rates.py MODEL_DIR [norms=frozen|train] [batch=32] [steps=10]

MODEL_DIR holds a tfjs LayersModel of plain Keras layers. forward: predict · training: fit of all layers with Adam.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import tf_keras as keras

CLASSES = 5


def load_layers_model(folder):
    """A tfjs LayersModel as the Keras model it was converted from, weights included."""
    with open(os.path.join(folder, "model.json")) as file:
        description = json.load(file)
    topology = description["modelTopology"]
    topology = topology.get("model_config", topology)
    topology = dict(topology, class_name="Functional" if topology["class_name"] == "Model" else topology["class_name"])
    model = keras.models.model_from_json(json.dumps(topology), custom_objects={"relu6": tf.nn.relu6})
    values = {}
    for group in description["weightsManifest"]:
        data = b"".join(open(os.path.join(folder, path), "rb").read() for path in group["paths"])
        offset = 0
        for weight in group["weights"]:
            size = int(np.prod(weight["shape"]))
            values[weight["name"]] = np.frombuffer(data, "<f4", size, offset).reshape(weight["shape"])
            offset += 4 * size
    for layer in model.layers:
        layer.set_weights([values[weight.name.split(":")[0]] for weight in layer.weights])
    return model


def feature_map(model):
    """The output of the last layer that gives a map: where Thaw puts its head."""
    return [layer for layer in model.layers if len(layer.output_shape) == 4 and layer.output_shape[1] > 1][-1].output


def with_new_head(model, trains_norms):
    """Cut at the last map, pooled, dropout and a dense layer, as Thaw does."""
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = trains_norms
    x = keras.layers.GlobalAveragePooling2D()(feature_map(model))
    x = keras.layers.Dropout(0.2)(x)
    return keras.Model(model.input, keras.layers.Dense(CLASSES, activation="softmax")(x))


def main(folder, *settings):
    settings = dict(setting.split("=") for setting in settings)
    norms, batch, steps = settings.get("norms", "frozen"), int(settings.get("batch", 32)), int(settings.get("steps", 10))
    model = with_new_head(load_layers_model(folder), norms == "train")
    model.compile(keras.optimizers.Adam(2e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])

    count = batch * steps
    pictures = np.random.default_rng(1).uniform(-1, 1, (count, *model.input_shape[1:])).astype("float32")
    labels = np.arange(count) % CLASSES

    def batches(n):
        return tf.data.Dataset.from_tensor_slices((pictures[:n], labels[:n])).batch(batch).prefetch(2)

    some, every = batches(2 * batch), batches(count)

    def rate(work):
        work(some)  # traces the graph, touches the memory
        start = time.perf_counter()
        work(every)
        return round(count / (time.perf_counter() - start), 1)

    forward = rate(lambda data: model.predict(data, verbose=0))
    training = rate(lambda data: model.fit(data, verbose=0))
    print(json.dumps({"model": folder, "norms": norms, "batch": batch, "steps": steps, "forward": forward, "training": training}))


if __name__ == "__main__":
    main(*sys.argv[1:])
