"""NACA written down again, in NumPy and from the equations, with no code of the package's engine.

Only the random numbers are the package's own: without the same ones nothing could be compared.
"""

import numpy as np

from neuromodsim.numerics import randomness

DECAY, THETA, LENS, STEPS = 0.2, 0.5, 0.5, 20


def modulation(level: np.ndarray, turn: float = 0.5, top: float = 1.2) -> np.ndarray:
    """Return M(level), the published curve in its four pieces."""
    x, lo = np.asarray(level, float), turn
    pieces = [
        top - (top - 1) * (4 * x - lo) ** 2 / lo**2,
        4 * (x - lo) ** 2 / lo**2,
        -4 * (lo - x) ** 2 / lo**2,
        (top - 1) * (4 * (2 * lo - x) - lo) ** 2 / lo**2 - top,
    ]
    return np.select([x <= lo / 2, x <= lo, x <= 1.5 * lo], pieces[:3], pieces[3])


def learn(stream, weights, biases, innervation, rows, key, rates):
    """Show images one after the other and return the weights, biases, and votes of each image.

    ``stream`` holds (brightness, label, learning) per image; ``weights`` and ``biases`` are lists of the
    hidden and output ones, ``weights[l]`` of shape (source, target); ``rates`` the learning rates of both.
    """
    w, b = [a.copy() for a in weights], [a.copy() for a in biases]
    pixels = np.arange(len(w[0]))
    votes, step = [], 0
    for brightness, label, learning in stream:
        level = (innervation[rows[label]] + innervation[rows[label] + 1]) / 2
        v, s = [np.zeros(len(a)) for a in b], [np.zeros(len(a)) for a in b]
        count = np.zeros(len(b[1]))
        for turn in range(STEPS):
            x = (randomness.uniform(pixels, step, key, 1) < brightness).astype(float)
            h, spikes = [], x
            arrived = [x]
            for layer in (0, 1):
                before = s[layer]
                v[layer] = DECAY * v[layer] * (1 - before) + spikes @ w[layer] + b[layer]
                s[layer] = (v[layer] > THETA).astype(float)
                h.append((v[layer] > THETA - LENS) - before)
                spikes = s[layer]
                arrived.append(spikes)
            count += s[1]
            if turn == STEPS - 1 and learning:
                drive = modulation(level) * h[0]
                mistake = count / STEPS - (np.arange(len(b[1])) == label)
                for layer, change in ((0, drive), (1, mistake)):
                    w[layer] -= rates[layer] * np.outer(arrived[layer], change)
                    b[layer] -= rates[layer] * change
            step += 1
        votes.append(count)
    return w, b, np.array(votes)
