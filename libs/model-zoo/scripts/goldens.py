"""What PyTorch computes with name-seeded weights, for src/architectures/goldens.test.ts.

Nobody has to store weights to check a port: every tensor of the state dict is filled from its own name, so that a port
in any language fills the same tensors, runs the same input and compares logits.

  seed(name)  = 32-bit FNV-1a of the UTF-8 name
  u_i(name)   = i-th output of mulberry32(seed), a float in [0, 1)
  tensors of rank >= 2: (2u - 1) * 1.2 * sqrt(3 / fan_in), where fan_in is the size over the first side
  BatchNorm weight and running_var: 0.5 + u
  every other tensor of rank 1 (biases, running_mean, LayerNorm weights): (2u - 1) * 0.1
  input: name "input", shape [1, 3, 224, 224] in C order (channels first), 2u - 1

Use: python goldens.py FAMILY:NAME ...   (FAMILY is torchvision or timm), where torch is installed and
     pip install --no-deps torchvision timm huggingface_hub safetensors
The committed files: torch 1.13, torchvision 0.14.1 or 0.15.0, timm 0.9.16 (torch 2.15 differs by a millionth of the largest logit).
"""
import json, pathlib, sys
import numpy as np, torch

folder = pathlib.Path(__file__).parent.parent / "src" / "architectures" / "goldens"


def uniform(name, n):
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    a = (np.uint64(seed) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x6D2B79F5)).astype(np.uint32)
    with np.errstate(over="ignore"):
        t = (a ^ (a >> np.uint32(15))) * (a | np.uint32(1))
        t = t ^ (t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61)))
        return (t ^ (t >> np.uint32(14))).astype(np.float64) / 4294967296.0


def fill(model):
    norms = {f"{name}.weight" for name, module in model.named_modules() if isinstance(module, torch.nn.modules.batchnorm._BatchNorm)}
    filled = {}
    for name, tensor in model.state_dict().items():
        if not tensor.is_floating_point():
            filled[name] = torch.zeros_like(tensor)
            continue
        u = uniform(name, tensor.numel())
        if tensor.dim() >= 2:
            values = (2 * u - 1) * 1.2 * np.sqrt(3 / (tensor.numel() / tensor.shape[0]))
        elif name in norms or name.endswith("running_var"):
            values = 0.5 + u
        else:
            values = (2 * u - 1) * 0.1
        filled[name] = torch.tensor(values.reshape(tuple(tensor.shape)), dtype=torch.float32)
    model.load_state_dict(filled)


for spec in sys.argv[1:]:
    family, name = spec.split(":")
    if family == "timm":
        import timm
        model = timm.create_model(name, pretrained=False)
    else:
        import torchvision
        model = torchvision.models.get_model(name, weights=None)
    fill(model)
    model.eval()
    picture = torch.tensor((2 * uniform("input", 3 * 224 * 224) - 1).reshape(1, 3, 224, 224), dtype=torch.float32)
    with torch.no_grad():
        logits = model(picture)[0].double().numpy()
    golden = {
        "family": family,
        "name": name,
        "torch": torch.__version__,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "state_dict": {key: list(value.shape) for key, value in model.state_dict().items() if value.is_floating_point()},
        "logits": [float(f"{value:.6g}") for value in logits],
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{family}.{name}.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(spec, "largest logit %.3f" % abs(logits).max(), flush=True)
