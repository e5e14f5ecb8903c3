"""The rules behind a gate written down again, in NumPy and from the equations, image by image.

No code of the package's engine. ``w`` holds the weights into the hidden and into the output cells, ``b``
the biases; both are changed in place. ``gate`` is 0 or 1 for each hidden cell.
"""

import numpy as np

from tests.protocols.naca_reference import DECAY, THETA

LENS = 0.2


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def layer(arrived, gate):
    """Return spikes, the slope h of the last step, and what came through the sigmoid, (step, cell)."""
    current = sigmoid(arrived)
    s = np.zeros_like(current)
    v = np.zeros(current.shape[1])
    before = v.copy()
    for t, now in enumerate(current):
        before = s[t - 1] if t else 0 * v
        v = DECAY * v * (1 - before) + now
        s[t] = gate * (v > THETA)
    return s, (v > THETA - LENS) - before, current


def naca(x, label, w, b, eta, eta_bias, modulation, gate, slopes=False):
    hidden, h1, current1 = layer(x @ w[0], gate)
    said, h2, current2 = layer(hidden @ w[1] + b[1], 1.0)
    drive = modulation[label] * gate * h1 * current1[-1] * (1 - current1[-1])
    wrong = said.mean(axis=0) - (np.arange(said.shape[1]) == label)
    delta = wrong * h2 * current2[-1] * (1 - current2[-1]) if slopes else wrong
    w[0] -= eta[0] * np.outer(x[-1], drive)
    w[1] -= eta[1] * np.outer(hidden[-1] if slopes else hidden.mean(axis=0), delta)
    b[1] -= eta_bias[1] * delta
    return said.sum(axis=0)


def naca_slope(*given, **fixed):
    return naca(*given, **fixed, slopes=True)


def naca_rate(x, label, w, b, eta, eta_bias, modulation, gate):
    u = gate * sigmoid(x @ w[0])
    y = sigmoid(u @ w[1] + b[1])
    delta = (y - (np.arange(len(y)) == label)) * y * (1 - y)
    w[0] -= eta[0] * np.outer(x, modulation[label] * u * (1 - u))
    w[1] -= eta[1] * np.outer(u, delta)
    b[1] -= eta_bias[1] * delta
    return y


def gated_bp(x, label, w, b, eta, eta_bias, gate):
    u = gate * np.tanh(x @ w[0] + b[0])
    y = sigmoid(u @ w[1] + b[1])
    delta = (y - (np.arange(len(y)) == label)) * y * (1 - y)
    back = gate * (1 - np.tanh(x @ w[0] + b[0]) ** 2) * (w[1] @ delta)
    w[0] -= eta[0] * np.outer(x, back)
    w[1] -= eta[1] * np.outer(u, delta)
    b[0] -= eta_bias[0] * back
    b[1] -= eta_bias[1] * delta
    return y


RULES = {"naca": naca, "naca_slope": naca_slope, "naca_rate": naca_rate, "gated_bp": gated_bp}
