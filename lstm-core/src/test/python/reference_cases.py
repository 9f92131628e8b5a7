"""Makes lstm-core/src/test/resources/reference: small cases computed by PyTorch in float64 and stored as float32.

    python3 -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python lstm-core/src/test/python/reference_cases.py

Inputs, parameters and seeds are drawn as float32 and widened, so what is stored is exactly what PyTorch computed from.
One thread and fixed seeds: another machine gives the same files up to the last bits of float64 and PyTorch's own
errors.

A case: parameters under PyTorch's names; in.x [batch, steps, input], in.h0, in.c0, in.lengths (int64, where packed);
out.y, out.hn, out.cn; seed.* the gradients of the outputs; grad.* those of inputs, initial states and parameters. A
trajectory: embedding, recurrent stack, linear, cross-entropy with truncated BPTT, the state carried detached from
update to update; init.*, in.tokens [update, batch, steps + 1], out.loss and out.grad_norm (before clipping; 0 where
there is none) per update, final.*. The metadata holds the configuration and the errors of PyTorch's own float32 run.
"""

import copy
import json
import pathlib

import torch
from safetensors.torch import save as serialize
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "reference"
CELLS = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}


def case(cell, i, h, l, b, t, bias=True, bi=False, proj=0, lengths=None, nonlinearity="tanh"):
    return dict(cell=cell, input_size=i, hidden_size=h, num_layers=l, batch=b, steps=t, bias=bias, bidirectional=bi,
                proj_size=proj, lengths=lengths, nonlinearity=nonlinearity)


CASES = {
    "lstm-plain": case("lstm", 3, 8, 1, 2, 5),
    "lstm-three-layers": case("lstm", 2, 5, 3, 3, 4),
    "lstm-bi-packed": case("lstm", 4, 7, 2, 4, 6, bi=True, lengths=[3, 6, 1, 4]),
    "lstm-bi-proj-packed": case("lstm", 3, 6, 2, 3, 5, bi=True, proj=4, lengths=[2, 5, 4]),
    "lstm-nobias": case("lstm", 5, 9, 1, 2, 3, bias=False),
    "lstm-wide": case("lstm", 17, 18, 1, 3, 4),
    "gru-three-layers": case("gru", 3, 6, 3, 2, 5),
    "gru-bi-nobias-packed": case("gru", 4, 5, 2, 3, 6, bias=False, bi=True, lengths=[6, 2, 5]),
    "rnn-tanh-bi-packed": case("rnn", 3, 7, 2, 3, 6, bi=True, lengths=[1, 6, 3]),
    "rnn-tanh-nobias": case("rnn", 6, 17, 1, 2, 4, bias=False),
    "rnn-relu-bi": case("rnn", 3, 8, 2, 2, 6, bi=True, nonlinearity="relu"),
    "rnn-relu-nobias-packed": case("rnn", 5, 6, 1, 4, 5, bias=False, lengths=[5, 3, 4, 2], nonlinearity="relu"),
}

TRAJECTORIES = {
    "train-lstm-adam": dict(cell="lstm", hidden=8, layers=1, optimizer="Adam", options=dict(lr=0.01), clip=1.0),
    "train-gru-sgd": dict(cell="gru", hidden=7, layers=2, optimizer="SGD", options=dict(lr=0.2, momentum=0.9),
                          clip=0.25),
}


def widened(net):
    """A float64 copy with the very same numbers."""
    return copy.deepcopy(net).double()


def results(net, inputs, lengths, dtype):
    """Forward and backward at one precision: the tensors out.* and grad.*."""
    x, h0, c0, *seeds = [None if v is None else v.to(dtype) for v in inputs]
    for leaf in (x, h0, c0):
        if leaf is not None:
            leaf.requires_grad_()
    state = h0 if c0 is None else (h0, c0)
    if lengths is None:
        y, last = net(x, state)
    else:
        packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        y, last = net(packed, state)
        y, _ = pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])
    hn, cn = (last, None) if c0 is None else last
    sum((seed * out).sum() for seed, out in zip(seeds, (y, hn, cn)) if out is not None).backward()
    found = {"out.y": y, "out.hn": hn, "grad.x": x.grad, "grad.h0": h0.grad}
    if c0 is not None:
        found |= {"out.cn": cn, "grad.c0": c0.grad}
    found |= {"grad." + name: p.grad for name, p in net.named_parameters()}
    return {name: value.detach() for name, value in found.items()}


def largest_error(kind, exact, rounded):
    return max((exact[n] - rounded[n].double()).abs().max().item() for n in exact if n.startswith(kind))


def write_case(name, config, seed):
    torch.manual_seed(seed)
    c = dict(config)
    lengths = c.pop("lengths")
    options = dict(num_layers=c["num_layers"], bias=c["bias"], batch_first=True, bidirectional=c["bidirectional"])
    if c["cell"] == "lstm":
        options["proj_size"] = c["proj_size"]
    if c["cell"] == "rnn":
        options["nonlinearity"] = c["nonlinearity"]
    net = CELLS[c["cell"]](c["input_size"], c["hidden_size"], **options)
    directions = 2 if c["bidirectional"] else 1
    out = c["proj_size"] or c["hidden_size"]
    x = torch.randn(c["batch"], c["steps"], c["input_size"])
    h0 = torch.randn(directions * c["num_layers"], c["batch"], out)
    c0 = torch.randn(directions * c["num_layers"], c["batch"], c["hidden_size"]) if c["cell"] == "lstm" else None
    seed_y = torch.randn(c["batch"], c["steps"], directions * out)
    seed_hn = torch.randn_like(h0)
    seed_cn = None if c0 is None else torch.randn_like(c0)
    inputs = (x, h0, c0, seed_y, seed_hn, seed_cn)
    exact = results(widened(net), inputs, lengths, torch.float64)
    rounded = results(copy.deepcopy(net), [None if v is None else v.clone() for v in inputs], lengths, torch.float32)
    tensors = {n: p.detach() for n, p in net.named_parameters()}
    tensors |= {"in.x": x, "in.h0": h0, "seed.y": seed_y, "seed.hn": seed_hn}
    if c0 is not None:
        tensors |= {"in.c0": c0, "seed.cn": seed_cn}
    if lengths is not None:
        tensors["in.lengths"] = torch.tensor(lengths)
    tensors |= {n: v.float() for n, v in exact.items()}
    metadata = {k: str(v) for k, v in c.items()}
    metadata |= {"batch_first": "True", "packed": str(lengths is not None), "torch": torch.__version__,
                 "torch_float32_max_abs_error_out": str(largest_error("out", exact, rounded)),
                 "torch_float32_max_abs_error_grad": str(largest_error("grad", exact, rounded))}
    save(name, tensors, metadata)


class Model(nn.Module):
    def __init__(self, cell, vocab, embedding, hidden, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocab, embedding)
        self.rnn = CELLS[cell](embedding, hidden, num_layers=layers, batch_first=True)
        self.head = nn.Linear(hidden, vocab)


def train(model, tokens, config):
    """Losses, gradient norms before clipping, one each per update; trains `model` in place."""
    optimizer = getattr(torch.optim, config["optimizer"])(model.parameters(), **config["options"])
    state, losses, norms = None, [], []
    for batch in tokens:
        optimizer.zero_grad()
        y, state = model.rnn(model.embedding(batch[:, :-1]), state)
        state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        loss = nn.functional.cross_entropy(model.head(y).flatten(0, 1), batch[:, 1:].flatten())
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(model.parameters(), config["clip"]).item() if config["clip"] else 0.0)
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses, dtype=torch.float64), torch.tensor(norms, dtype=torch.float64)


def write_trajectory(name, config, seed):
    torch.manual_seed(seed)
    vocab, embedding, batch, steps, updates = 9, 5, 3, 8, 25
    model = Model(config["cell"], vocab, embedding, config["hidden"], config["layers"])
    # Text with something to learn: each token is the one before plus 1 or 2.
    increments = torch.randint(1, 3, (batch, updates * steps + 1))
    stream = increments.cumsum(1) % vocab
    tokens = torch.stack([stream[:, u * steps:u * steps + steps + 1] for u in range(updates)])
    exact, rounded = widened(model), copy.deepcopy(model)
    losses, norms = train(exact, tokens, config)
    rounded_losses, _ = train(rounded, tokens, config)
    tensors = {"init." + n: p.detach() for n, p in model.named_parameters()}
    tensors |= {"final." + n: p.detach().float() for n, p in exact.named_parameters()}
    tensors |= {"in.tokens": tokens, "out.loss": losses.float(), "out.grad_norm": norms.float()}
    error = ((rounded_losses - losses).abs() / losses).max().item()
    metadata = {"kind": "trajectory", "cell": config["cell"], "vocab": vocab, "embedding": embedding,
                "hidden_size": config["hidden"], "num_layers": config["layers"], "batch": batch, "steps": steps,
                "updates": updates, "optimizer": config["optimizer"], "clip_norm": config["clip"],
                "torch": torch.__version__, "torch_float32_max_rel_loss_error": error}
    metadata |= {"optimizer." + k: v for k, v in config["options"].items()}
    save(name, tensors, {k: str(v) for k, v in metadata.items()})


def save(name, tensors, metadata, folder=FOLDER):
    """Writes a file with a sorted header: safetensors itself writes the metadata in an order of its own each time."""
    content = serialize({n: v.contiguous() for n, v in tensors.items()}, metadata)
    data = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:data])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (folder / (name + ".safetensors")).write_bytes(len(text).to_bytes(8, "little") + text + content[data:])


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for seed, (name, config) in enumerate(CASES.items()):
        write_case(name, config, seed)
    for seed, (name, config) in enumerate(TRAJECTORIES.items()):
        write_trajectory(name, config, 100 + seed)
    names = [name + ".safetensors\n" for name in (*CASES, *TRAJECTORIES)]
    (FOLDER / "index.txt").write_text("".join(names))


if __name__ == "__main__":
    main()
