"""Writes libs/model-zoo/src/keras/fixtures: one small network saved by Keras 2 and by Keras 3, and what they predict.

Run with TensorFlow 2.16, tf_keras 2.16 and keras 3 installed:  python libs/model-zoo/scripts/keras-fixtures.py
"""
import json
import os
import zipfile
from pathlib import Path

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import keras
import numpy as np
import tf_keras

folder = Path(__file__).parent.parent / 'src/keras/fixtures'
side = 16


def network(k):
    """A body as its own model, scaled and augmented inside the outer one: what transfer learning in Keras saves."""
    l = k.layers
    picture = k.Input((side, side, 3))
    x = l.ZeroPadding2D(((0, 1), (0, 1)))(picture)
    x = l.Conv2D(8, 3, strides=2, use_bias=False, name='stem')(x)
    x = l.BatchNormalization(name='stem_bn')(x)
    x = l.ReLU(6.0)(x)
    y = l.DepthwiseConv2D(3, padding='same', activation='swish', name='filter')(x)
    gate = l.GlobalAveragePooling2D(keepdims=True)(y)
    gate = l.Conv2D(8, 1, name='gate')(gate)
    gate = l.ReLU(6.0)(gate + 3.0) * (1.0 / 6.0)
    x = l.Add()([x, l.Multiply()([y, gate])])
    x = l.SeparableConv2D(12, 3, padding='same', name='separable')(x)
    x = l.LeakyReLU(**({'alpha': 0.1} if k is tf_keras else {'negative_slope': 0.1}))(x)
    x = l.Concatenate()([l.MaxPooling2D(2)(x), l.AveragePooling2D(2)(x)])
    body = k.Model(picture, l.LayerNormalization(name='norm')(x), name='body')

    outer = k.Input((side, side, 3))
    x = l.RandomFlip()(outer)
    x = l.Rescaling(1 / 127.5, offset=-1.0)(x)
    x = l.Normalization(axis=-1, name='normalization')(x)
    x = body(x)
    x = l.GlobalAveragePooling2D()(x)
    x = l.Dropout(0.2)(x)
    return k.Model(outer, l.Dense(5, name='scores')(x), name='outer')


def fill(model):
    draw = np.random.default_rng(1)
    values = []
    for weight in model.weights:
        name = getattr(weight, 'path', None) or weight.name
        value = draw.normal(0, 0.4, weight.shape).astype('float32')
        if 'variance' in name:
            value = np.abs(value) + 0.5
        if 'seed' in name or 'count' in name:
            value = np.array(weight)
        values.append(value)
    model.set_weights(values)


def pack(archive):
    """Keras stores without compression; deflated is a .keras file too, and small enough to commit."""
    with zipfile.ZipFile(archive) as stored:
        entries = {name: stored.read(name) for name in stored.namelist()}
    with zipfile.ZipFile(archive, 'w', zipfile.ZIP_DEFLATED) as deflated:
        for name, content in entries.items():
            deflated.writestr(name, content)


pictures = np.random.default_rng(2).integers(0, 256, (2, side, side, 3))
folder.mkdir(exist_ok=True)
expected = {'pictures': pictures.reshape(2, -1).tolist(), 'predictions': {}}
for k, generation in ((tf_keras, 'keras2'), (keras, 'keras3')):
    model = network(k)
    fill(model)
    for ending in ('h5', 'keras'):
        model.save(folder / f'{generation}.{ending}', **({'include_optimizer': False} if ending == 'h5' else {}))
    # Read back: Keras 3's Normalization takes note of its weights only when it is loaded.
    model = k.models.load_model(folder / f'{generation}.keras')
    pack(folder / f'{generation}.keras')
    expected['predictions'][generation] = [[round(float(value), 6) for value in row] for row in model.predict(pictures.astype('float32'), verbose=0)]

weights = keras.Sequential([keras.Input((side, side, 3)), keras.layers.Conv2D(4, 3, name='conv')])
for layer in weights.layers:
    layer.set_weights([np.full_like(each, np.nan) for each in layer.get_weights()])
weights.save(folder / 'nan.h5')
(folder / 'expected.json').write_text(json.dumps(expected))
