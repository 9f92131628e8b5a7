"""Makes lstm-core/src/test/resources/reference/formulas.safetensors: losses and optimizers, computed by PyTorch.

    venv/bin/python lstm-core/src/test/python/reference_formulas.py

Losses take float32 numbers, widened to float64; in.* are theirs, <name>.loss and <name>.grad what came out. Optimizers
start from p0 and see the gradients g [update, n] of float32 numbers; <name>.p [update, n] are the values after each
update, in float64. Results are stored as float32, so a comparison allows for half an ulp of each. The options stand in
OPTIMIZERS below and, by name, in FormulasTest.
"""

import pathlib

import torch
from safetensors.torch import save_file
from torch.nn import functional as f

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "reference"
ROWS, CLASSES, SIZE, UPDATES, RATE = 7, 5, 11, 30, 0.05

OPTIMIZERS = {
    "rmsprop-centered": (torch.optim.RMSprop, dict(alpha=0.9, centered=True, momentum=0.5, weight_decay=0.01)),
    "sgd-nesterov": (torch.optim.SGD, dict(momentum=0.9, nesterov=True, weight_decay=0.02)),
    "sgd-dampened": (torch.optim.SGD, dict(momentum=0.8, dampening=0.3)),
    "adam-amsgrad": (torch.optim.Adam, dict(amsgrad=True, weight_decay=0.03, betas=(0.8, 0.95))),
    "adamw-amsgrad": (torch.optim.AdamW, dict(amsgrad=True, weight_decay=0.1, betas=(0.8, 0.95))),
    "adagrad-decay": (torch.optim.Adagrad, dict(lr_decay=0.1, weight_decay=0.01, initial_accumulator_value=0.2)),
}


def losses(tensors, generator):
    logits = (4 * torch.randn(ROWS, CLASSES, generator=generator)).float()
    logits[0] += 1e4  # differences of some ulps decide
    logits[1] = -1e4  # all the same: log 5 is left
    logits[3] = torch.tensor([1e4, -1e4, 0.0, 1.0, 1e4])
    classes = torch.tensor([0, 3, -100, 4, 1, -100, 2])
    weights = torch.tensor([0.5, 2.0, 1.0, 0.0, 3.0])
    binary = (torch.rand(ROWS, CLASSES, generator=generator) < 0.5).float()
    binary[0] = 0.25
    near = (logits + torch.randn(ROWS, CLASSES, generator=generator)).float()
    near[3, 1:] = logits[3, 1:]
    tensors |= {"in.logits": logits, "in.classes": classes, "in.weights": weights, "in.binary": binary, "in.near": near}
    made = {
        "ce": lambda x: f.cross_entropy(x, classes),
        "ce-weighted": lambda x: f.cross_entropy(x, classes, weight=weights.double()),
        "ce-smoothed": lambda x: f.cross_entropy(x, classes, label_smoothing=0.1),
        "ce-both": lambda x: f.cross_entropy(x, classes, weight=weights.double(), label_smoothing=0.3),
        "ce-ignore-one": lambda x: f.cross_entropy(x, classes.clamp(min=0), ignore_index=0, label_smoothing=0.2),
        "bce": lambda x: f.binary_cross_entropy_with_logits(x, binary.double()),
        "l1": lambda x: f.l1_loss(x, near.double()),
        "huber": lambda x: f.huber_loss(x, near.double(), delta=0.7),
    }
    for name, loss in made.items():
        x = logits.double().requires_grad_()
        value = loss(x)
        value.backward()
        tensors[name + ".loss"] = value.detach().reshape(1)
        tensors[name + ".grad"] = x.grad


def optimizers(tensors, generator):
    start = torch.randn(SIZE, generator=generator)
    gradients = torch.randn(UPDATES, SIZE, generator=generator) * torch.logspace(-2, 1, SIZE)
    tensors |= {"in.p0": start, "in.g": gradients}
    for name, (kind, options) in OPTIMIZERS.items():
        p = start.double().requires_grad_()
        optimizer = kind([p], lr=RATE, **options)
        rows = []
        for g in gradients:
            p.grad = g.double()
            optimizer.step()
            rows.append(p.detach().clone())
        tensors[name + ".p"] = torch.stack(rows)


def main():
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(7)
    tensors = {}
    losses(tensors, generator)
    optimizers(tensors, generator)
    stored = {k: (v if v.dtype == torch.int64 else v.float()).contiguous() for k, v in tensors.items()}
    save_file(stored, FOLDER / "formulas.safetensors", metadata={"kind": "formulas", "torch": torch.__version__})


if __name__ == "__main__":
    main()
