"""The learning rules written down again, in NumPy and from the equations, image by image.

No code of the package's engine. Spikes of pixels are given. ``w`` holds the weights into the hidden and
into the output cells, (source, target), ``b`` the biases; both are changed in place by each function.
"""

import numpy as np

from tests.protocols.naca_reference import DECAY, LENS, STEPS, THETA

ACTIVITY = 5e-4  # of BRP


def hard(v):
    """Return spikes and their stand-in for a slope."""
    return (v > THETA).astype(float), (np.abs(v - THETA) < LENS).astype(float)


def soft(v):
    """Return a spike that rises in a straight line where the box is 1, so that the box is its slope."""
    return np.clip(v - THETA + LENS, 0, 2 * LENS), (np.abs(v - THETA) < LENS).astype(float)


def forward(x, w, b, spike=hard, resets=None):
    """Return membranes, spikes and slopes of both layers, each (step, cell), for spikes of pixels.

    ``resets`` takes the place of the spikes that reset, so that they can be held while others move.
    """
    layers, arrived = [], x
    for layer in (0, 1):
        v = np.zeros((len(x), len(b[layer])))
        s, psi = np.zeros_like(v), np.zeros_like(v)
        for t in range(len(x)):
            before = np.zeros(len(b[layer])) if t == 0 else (s if resets is None else resets[layer])[t - 1]
            held = DECAY * v[t - 1] * (1 - before) if t else 0
            v[t] = held + arrived[t] @ w[layer] + b[layer]
            s[t], psi[t] = spike(v[t])
        layers.append((v, s, psi))
        arrived = s
    return layers


def mistake(s, label):
    return s.mean(axis=0) - (np.arange(s.shape[1]) == label)


def walk_back(signal, s, psi):
    """Return dL/dv, (step, cell), for dL/ds."""
    delta = np.zeros_like(s)
    after = np.zeros(s.shape[1])
    for t in reversed(range(len(s))):
        after = psi[t] * signal[t] + DECAY * (1 - s[t]) * after
        delta[t] = after
    return delta


def gradients_through_time(x, label, w, b, spike=hard, resets=None):
    """Return dL/dw and dL/db of both layers, for L = ½ Σ mistake²."""
    (_, s1, psi1), (_, s2, psi2) = forward(x, w, b, spike, resets)
    r1, r2 = (s1, s2) if resets is None else resets
    back2 = walk_back(np.tile(mistake(s2, label) / len(x), (len(x), 1)), r2, psi2)
    back1 = walk_back(back2 @ w[1].T, r1, psi1)
    return [x.T @ back1, s1.T @ back2], [back1.sum(axis=0), back2.sum(axis=0)]


def bptt(x, label, w, b, eta, eta_bias, **_):
    dw, db = gradients_through_time(x, label, w, b)
    for layer in (0, 1):
        w[layer] -= eta[layer] * dw[layer]
        b[layer] -= eta_bias[layer] * db[layer]


def brp(x, label, w, b, eta, eta_bias, projection, **_):
    (_, s1, psi1), (_, s2, psi2) = forward(x, w, b)
    back2 = walk_back(np.tile(mistake(s2, label) / len(x), (len(x), 1)), s2, psi2)
    back1 = walk_back(projection[label] - ACTIVITY * s1, s1, psi1)
    for layer, (sent, back) in enumerate(((x, back1), (s1, back2))):
        w[layer] -= eta[layer] * sent.T @ back
        b[layer] -= eta_bias[layer] * back.sum(axis=0)


def naca(x, label, w, b, eta, eta_bias, modulation, **_):
    (v1, s1, _), (_, s2, _) = forward(x, w, b)
    wrong = mistake(s2, label)
    drive = modulation[label] * ((v1[-1] > THETA - LENS) - s1[-2])
    w[0] -= eta[0] * np.outer(x[-1] * (x.sum(axis=0) > 0), drive)
    w[1] -= eta[1] * np.outer(s1.mean(axis=0), wrong)
    b[0] -= eta_bias[0] * drive
    b[1] -= eta_bias[1] * wrong


def e_prop(x, label, w, b, eta, eta_bias, feedback=None, **_):
    (_, s1, psi1), (_, s2, _) = forward(x, w, b)
    lags = np.subtract.outer(np.arange(len(x)), np.arange(len(x)))
    leak = np.where(lags >= 0, DECAY ** np.maximum(lags, 0), 0.0)
    wrong = mistake(s2, label)
    back = (w[1] if feedback is None else feedback.T) @ wrong
    w[0] -= eta[0] * (leak @ x).T @ psi1 * back
    b[0] -= eta_bias[0] * back * (leak.sum(axis=1) @ psi1)
    w[1] -= eta[1] * np.outer(s1.mean(axis=0), wrong)
    b[1] -= eta_bias[1] * wrong


def graded_forward(x, w, b):
    u = np.tanh(x @ w[0] + b[0])
    return u, 1 / (1 + np.exp(-(u @ w[1] + b[1])))


def graded_gradients(x, label, w, b):
    """Return dL/dw and dL/db of the rate network, for L = ½ Σ (y - target)²."""
    u, y = graded_forward(x, w, b)
    delta = (y - (np.arange(len(y)) == label)) * y * (1 - y)
    hidden = (1 - u**2) * (w[1] @ delta)
    return [np.outer(x, hidden), np.outer(u, delta)], [hidden, delta]


def graded(way):
    """Return the rule of a rate network in which ``way`` says what stands for dL/du of hidden cells."""

    def learn(x, label, w, b, eta, eta_bias, **fixed):
        u, y = graded_forward(x, w, b)
        wrong = y - (np.arange(len(y)) == label)
        delta = wrong * y * (1 - y)
        hidden = (1 - u**2) * way(w=w, delta=delta, wrong=wrong, label=label, **fixed)
        for layer, (sent, back) in enumerate(((x, hidden), (u, delta))):
            w[layer] -= eta[layer] * np.outer(sent, back)
            b[layer] -= eta_bias[layer] * back

    return learn


bp = graded(lambda w, delta, **_: w[1] @ delta)
feedback_alignment = graded(lambda delta, feedback, **_: feedback.T @ delta)
direct_feedback = graded(lambda wrong, feedback, **_: feedback.T @ wrong)
sign_symmetric = graded(lambda w, delta, magnitude, **_: (magnitude * np.sign(w[1])) @ delta)
naca_rate = graded(lambda label, modulation, **_: modulation[label])


class Elastic:
    """Elastic weight consolidation on top of a gradient."""

    def __init__(self, gradients, lam):
        self.gradients, self.lam, self.shown = gradients, lam, 0
        self.f = self.importance = self.anchor = None

    def __call__(self, x, label, w, b, eta, eta_bias, ends=False, **_):
        if self.f is None:
            self.f, self.importance = ([np.zeros_like(a) for a in w] for _ in range(2))
            self.anchor = [np.zeros_like(a) for a in w]
        dw, db = self.gradients(x, label, w, b)
        self.shown += 1
        for layer in (0, 1):
            self.f[layer] += dw[layer] ** 2
            pull = self.lam * self.importance[layer] * (w[layer] - self.anchor[layer])
            w[layer] -= eta[layer] * (dw[layer] + pull)
            b[layer] -= eta_bias[layer] * db[layer]
            if ends:
                self.importance[layer] += self.f[layer] / self.shown
                self.f[layer][...] = 0
                self.anchor[layer] = w[layer].copy()
        self.shown = 0 if ends else self.shown


RULES = {
    "naca": naca,
    "brp": brp,
    "e_prop": e_prop,
    "e_prop_random": e_prop,
    "bptt": bptt,
    "naca_rate": naca_rate,
    "bp": bp,
    "feedback_alignment": feedback_alignment,
    "direct_feedback": direct_feedback,
    "sign_symmetric": sign_symmetric,
}

__all__ = ["RULES", "STEPS", "Elastic"]
