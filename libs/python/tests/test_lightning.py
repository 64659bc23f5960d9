import numpy
import pytest

import thaw
from conftest import stored

torch = pytest.importorskip("torch", reason="torch is not installed (Debian: apt-get install python3-torch)")
if torch.__version__.startswith("1.13.0a0"):
    # Debian's build of 1.13.1 has a wrong version and a torch.distributed that Python 3.11 cannot import.
    torch.__version__ = "1.13.1"
    torch.distributed.is_available = lambda: False
lightning = pytest.importorskip("lightning.pytorch", reason="PyTorch Lightning is not installed")


class Line(lightning.LightningModule):
    def __init__(self, breaks=False):
        super().__init__()
        self.save_hyperparameters({"units": 1, "slope": 3.0})
        self.layer = torch.nn.Linear(1, 1)
        self.breaks = breaks
        self.seen = {"train/loss": [], "val/loss": []}

    def training_step(self, batch, index):
        if self.breaks and self.global_step == 3:
            raise RuntimeError("no more data")
        loss = ((self.layer(batch[0]) - batch[1]) ** 2).mean()
        self.log("train_loss", loss)
        self.seen["train/loss"].append(loss.item())
        return loss

    def validation_step(self, batch, index):
        loss = ((self.layer(batch[0]) - batch[1]) ** 2).mean()
        self.log("val_loss", loss, on_epoch=True)
        if not self.trainer.sanity_checking:
            self.seen["val/loss"].append(loss.item())

    def test_step(self, batch, index):
        self.log("test_loss", ((self.layer(batch[0]) - batch[1]) ** 2).mean())

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.1)


def train(logger, model, tmp_path):
    torch.manual_seed(0)
    inputs = torch.linspace(-1, 1, 32)[:, None]
    data = torch.utils.data.TensorDataset(inputs, 3 * inputs)
    trainer = lightning.Trainer(
        max_epochs=2, accelerator="cpu", logger=logger, log_every_n_steps=1, default_root_dir=tmp_path,
        enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
    )
    trainer.fit(model, torch.utils.data.DataLoader(data, 8), torch.utils.data.DataLoader(data, 32))
    return trainer.test(model, torch.utils.data.DataLoader(data, 32), verbose=False)[0]


def test_every_number_of_a_training_is_there(api, tmp_path):
    logger, model = thaw.lightning.ThawLogger("lightning", "line"), Line()
    tested = train(logger, model, tmp_path)
    run = logger.experiment
    assert run.status == "RUNNING"
    run.finish()
    assert run.problems == []
    columns = thaw.metrics(run)
    numpy.testing.assert_allclose(columns["train/loss"]["values"], model.seen["train/loss"], rtol=1e-6)
    assert list(columns["train/loss"]["steps"]) == list(range(8))
    numpy.testing.assert_allclose(columns["val/loss"]["values"], model.seen["val/loss"], rtol=1e-6)
    assert list(columns["test/loss"]["values"]) == [tested["test_loss"]]
    there = stored(run.id)
    assert (there["name"], there["status"], there["config"]) == ("line", "FINISHED", {"units": 1, "slope": 3.0})


def test_a_training_that_breaks_is_a_failed_run(api, tmp_path):
    logger = thaw.lightning.ThawLogger("lightning")
    with pytest.raises(RuntimeError, match="no more data"):
        train(logger, Line(breaks=True), tmp_path)
    there = stored(logger.experiment.id)
    assert there["status"] == "FAILED" and "no more data" in there["error"]
    assert len(thaw.metrics(logger.experiment)["train/loss"]["steps"]) == 3


def test_a_run_of_ones_own_goes_on_after_a_fit_that_breaks(api, tmp_path):
    with thaw.start_run("lightning") as run:
        with pytest.raises(RuntimeError):
            train(thaw.lightning.ThawLogger(run=run), Line(breaks=True), tmp_path)
        assert run.status == "RUNNING"
        run.log({"val/accuracy": 0.5})
    assert stored(run.id)["status"] == "FINISHED" and "val/accuracy" in thaw.metrics(run)
