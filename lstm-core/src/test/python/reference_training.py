"""Makes lstm-core/src/test/resources/reference-training: a small training run of PyTorch in float64, stored as float32.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python lstm-core/src/test/python/reference_training.py

LSTM(3, 5) below Linear(5, 2), mean squared error on random numbers, every update on the same batch. Inputs and first
parameters are drawn as float32 and widened, so what is stored is exactly what PyTorch computed from.

init.* and final.* are the parameters under the names of a model with layers rnn and head; in.x [batch, steps, 3],
in.target [batch, steps, 2]; out.loss and out.grad_norm (before clipping), one a update, in float64. The metadata holds
the errors of PyTorch's own float32 run.
"""

import copy
import pathlib

import torch
from torch import nn

from reference_cases import save

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "reference-training"
UPDATES, RATE, CLIP = 20, 1e-2, 1.0


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 5, batch_first=True)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


def train(model, x, target):
    """Losses and gradient norms before clipping, one each per update; trains `model` in place."""
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    losses, norms = [], []
    for _ in range(UPDATES):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), target)
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses, dtype=torch.float64), torch.tensor(norms, dtype=torch.float64)


def main():
    torch.set_num_threads(1)
    torch.manual_seed(5)
    model = Model()
    x, target = torch.randn(4, 7, 3), 3 * torch.randn(4, 7, 2)
    tensors = {"in.x": x, "in.target": target}
    tensors |= {"init." + n: p.detach().clone() for n, p in model.named_parameters()}
    exact = copy.deepcopy(model).double()
    losses, norms = train(exact, x.double(), target.double())
    rounded_losses, rounded_norms = train(model, x, target)
    rounded = dict(model.named_parameters())
    parameter_error = max((p - rounded[n].double()).abs().max().item() for n, p in exact.named_parameters())
    tensors |= {"final." + n: p.detach().float() for n, p in exact.named_parameters()}
    tensors |= {"out.loss": losses, "out.grad_norm": norms}
    metadata = {"updates": UPDATES, "rate": RATE, "clip_norm": CLIP, "torch": torch.__version__,
                "torch_float32_max_rel_loss_error": ((rounded_losses - losses).abs() / losses).max().item(),
                "torch_float32_max_rel_norm_error": ((rounded_norms - norms).abs() / norms).max().item(),
                "torch_float32_max_abs_parameter_error": parameter_error}
    FOLDER.mkdir(parents=True, exist_ok=True)
    save("lstm-mse-adam", tensors, {k: str(v) for k, v in metadata.items()}, FOLDER)


if __name__ == "__main__":
    main()
