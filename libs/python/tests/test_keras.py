import numpy
import pytest

import thaw
from conftest import stored

keras = pytest.importorskip("keras", reason="Keras is not installed")


def given_data():
    random = numpy.random.default_rng(0)
    inputs = random.normal(size=(96, 8)).astype("float32")
    return inputs, (inputs[:, :2].sum(axis=1) > 0).astype("int32")


def given_model(optimizer):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(2, activation="softmax")])
    model.compile(optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def test_every_number_of_a_training_is_there(api):
    model = given_model(keras.optimizers.Adam(1e-2))
    halve = keras.callbacks.LearningRateScheduler(lambda epoch, rate: 1e-2 / 2**epoch)
    with thaw.start_run("keras", config={"optimizer": "mine"}) as run:
        history = model.fit(*given_data(), epochs=4, batch_size=16, validation_split=0.25, verbose=0, callbacks=[halve, thaw.keras.ThawCallback(run, every_batches=2)]).history
    assert run.problems == []
    columns = thaw.metrics(run)
    names = {"loss": "train/loss", "accuracy": "train/accuracy", "val_loss": "val/loss", "val_accuracy": "val/accuracy", "learning_rate": "lr"}
    assert set(history) == set(names)
    for name, key in names.items():
        numpy.testing.assert_array_equal(columns[key]["values"], history[name], err_msg=key)
        assert list(columns[key]["steps"]) == [1, 2, 3, 4]
    numpy.testing.assert_allclose(columns["lr"]["values"], [1e-2, 5e-3, 2.5e-3, 1.25e-3], rtol=1e-6)
    # 72 pictures in batches of 16 are 5 a batch, 20 in all.
    assert list(columns["batch/loss"]["steps"]) == list(range(2, 21, 2))
    assert columns["batch/loss"]["values"][-1] != columns["batch/loss"]["values"][0]

    config = stored(run.id)["config"]
    assert config["optimizer"] == "mine" and config["epochs"] == 4 and config["loss"] == "sparse_categorical_crossentropy"
    assert config["model"]["parameters"] == config["model"]["trainable"] == 8 * 16 + 16 + 16 * 2 + 2
    assert stored(run.id)["environment"]["packages"]["keras"] == keras.__version__


def test_a_second_fit_goes_on_where_the_first_ended(api):
    model = given_model("sgd")
    with thaw.start_run("keras") as run:
        callback = thaw.keras.ThawCallback()
        first = model.fit(*given_data(), epochs=2, verbose=0, callbacks=[callback]).history
        model.compile(keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)), loss="sparse_categorical_crossentropy")
        second = model.fit(*given_data(), epochs=3, verbose=0, callbacks=[callback]).history
        third = model.fit(*given_data(), initial_epoch=5, epochs=6, verbose=0, callbacks=[callback]).history
    columns = thaw.metrics(run)
    assert list(columns["train/loss"]["steps"]) == [1, 2, 3, 4, 5, 6]
    numpy.testing.assert_array_equal(columns["train/loss"]["values"], first["loss"] + second["loss"] + third["loss"])
    numpy.testing.assert_allclose(columns["lr"]["values"][:3], [0.01, 0.01, 0.1 * 0.5**3], rtol=1e-6)
    assert stored(run.id)["config"]["learningRate"] == pytest.approx(0.01)


def test_a_training_that_breaks_is_a_failed_run(api):
    class Breaks(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == 1:
                raise RuntimeError("out of flowers")

    model = given_model("adam")
    with pytest.raises(RuntimeError), thaw.start_run("keras") as run:
        model.fit(*given_data(), epochs=5, verbose=0, callbacks=[thaw.keras.ThawCallback(run), Breaks()])
    there = stored(run.id)
    assert there["status"] == "FAILED" and "out of flowers" in there["error"]
    assert list(thaw.metrics(run)["train/loss"]["steps"]) == [1, 2]


def test_without_a_run_the_callback_says_what_to_do():
    with pytest.raises(ValueError, match="start_run"):
        thaw.keras.ThawCallback()
