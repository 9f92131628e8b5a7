#!/usr/bin/env python3
"""PyTorch in eager mode as a contestant: torch_peer.py THREADS. Speaks the lines of io.github.lstm4j.bench.peer.PeerServer."""
import re
import sys
import time

import numpy
import torch
from torch import nn

STREAM_STEPS = 3


class Recurrent:
    """What inference, a stream and training share: nn.LSTM with the weights of the file, and the input."""

    def __init__(self, size, numbers):
        self.batch, self.steps, inputs, hidden, layers = map(int, re.fullmatch(r"B(\d+)-T(\d+)-I(\d+)-H(\d+)-L(\d+)", size).groups())
        self.module = nn.LSTM(inputs, hidden, layers)
        at = 0

        def take(*sizes):
            nonlocal at
            count = int(numpy.prod(sizes))
            part = torch.from_numpy(numbers[at:at + count].copy()).reshape(sizes)
            at += count
            return part

        self.x = take(self.steps, self.batch, inputs)
        with torch.no_grad():
            for layer in range(layers):
                width = inputs if layer == 0 else hidden
                getattr(self.module, f"weight_ih_l{layer}").copy_(take(4 * hidden, width))
                getattr(self.module, f"weight_hh_l{layer}").copy_(take(4 * hidden, hidden))
                getattr(self.module, f"bias_ih_l{layer}").copy_(take(4 * hidden))
                getattr(self.module, f"bias_hh_l{layer}").copy_(take(4 * hidden))
        self.layers = layers
        self.states = (torch.zeros(layers, self.batch, hidden), torch.zeros(layers, self.batch, hidden))


class Inference(Recurrent):
    def __init__(self, size, numbers, stream):
        super().__init__(size, numbers)
        self.module.eval()
        self.stream = stream

    def call(self):
        with torch.inference_mode():
            self.y, states = self.module(self.x, self.states)
        if self.stream:
            self.states = states

    def results(self):
        return [self.y]


class Training(Recurrent):
    def __init__(self, size, numbers):
        super().__init__(size, numbers)
        self.module.train()
        self.x.requires_grad_(True)

    def call(self):
        for parameter in self.module.parameters():
            parameter.grad = None
        self.x.grad = None
        y, _ = self.module(self.x, self.states)
        y.sum().backward()

    def results(self):
        yield self.x.grad
        for layer in range(self.layers):
            for name in "weight_ih_l", "weight_hh_l", "bias_ih_l":
                yield getattr(self.module, name + str(layer)).grad


class Product:
    def __init__(self, size, numbers):
        m, n, k = map(int, re.fullmatch(r"M(\d+)-N(\d+)-K(\d+)", size).groups())
        self.a = torch.from_numpy(numbers[:m * k].copy()).reshape(m, k)
        self.b = torch.from_numpy(numbers[m * k:].copy()).reshape(k, n)
        self.c = torch.empty(m, n)

    def call(self):
        with torch.inference_mode():
            torch.mm(self.a, self.b, out=self.c)

    def results(self):
        return [self.c]


def prepare(mode, size, file):
    numbers = numpy.fromfile(file, dtype="<f4")
    if mode == "gemm":
        return Product(size, numbers)
    if mode == "train":
        return Training(size, numbers)
    return Inference(size, numbers, mode == "stream")


def run(workload, times):
    start = time.perf_counter_ns()
    for _ in range(times):
        workload.call()
    return time.perf_counter_ns() - start


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.set_num_interop_threads(1)
    workload = None
    for line in sys.stdin:
        words = line.strip().split(" ", 3)
        try:
            if words[0] == "prepare":
                workload = prepare(*words[1:])
                calls = STREAM_STEPS if words[1] == "stream" else 1
                answer = "ready"
            elif words[0] == "check":
                run(workload, calls)
                with open(words[1], "wb") as file:
                    for result in workload.results():
                        file.write(result.detach().contiguous().numpy().astype("<f4").tobytes())
                answer = "ready"
            else:
                answer = run(workload, int(words[1]))
        except (RuntimeError, ValueError, OSError) as e:
            answer = f"error {type(e).__name__}: {e}".replace("\n", " ")
        print("=", answer, flush=True)


main()
