#!/usr/bin/env python3
"""How far PyTorch's own float32 run of a stored training trajectory ends from the float64 one.

usage: trajectory_errors.py FILE.safetensors ...      (needs torch, numpy, safetensors; see reference_cases.py)
Prints a line for each file: the largest relative error of a loss, the largest absolute error of a final parameter.
TrajectoryTest holds the latter.
"""
import sys

import torch
from safetensors import safe_open
from torch import nn

CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


class Model(nn.Module):
    def __init__(self, metadata):
        super().__init__()
        vocab, embedding, hidden, layers = (
            int(metadata[k]) for k in ("vocab", "embedding", "hidden_size", "num_layers"))
        self.embedding = nn.Embedding(vocab, embedding)
        self.rnn = CELLS[metadata["cell"]](embedding, hidden, layers, batch_first=True)
        self.head = nn.Linear(hidden, vocab)


def option(text):
    return text == "True" if text in ("True", "False") else float(text)


def errors(path):
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    model = Model(metadata)
    model.load_state_dict({k[5:]: v for k, v in tensors.items() if k.startswith("init.")})
    options = {k[10:]: option(v) for k, v in metadata.items() if k.startswith("optimizer.")}
    optimizer = getattr(torch.optim, metadata["optimizer"])(model.parameters(), **options)
    clip, state, worst = float(metadata["clip_norm"]), None, 0.0
    for batch, expected in zip(tensors["in.tokens"], tensors["out.loss"]):
        y, state = model.rnn(model.embedding(batch[:, :-1]), state)
        state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        loss = nn.functional.cross_entropy(model.head(y).flatten(0, 1), batch[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        if clip:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        worst = max(worst, abs(loss.item() - expected.item()) / expected.item())
    final = max((p.detach().double() - tensors["final." + n].double()).abs().max().item()
                for n, p in model.named_parameters())
    return worst, final


for path in sys.argv[1:]:
    print(path.rsplit("/", 1)[-1], "loss %.2e final %.2e" % errors(path))
