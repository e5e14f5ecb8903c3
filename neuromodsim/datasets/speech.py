"""Spoken digits, as pictures of their energy in mel bands over time."""

import functools
import io
import wave

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from neuromodsim.datasets.archive import recordings
from neuromodsim.datasets.labelled import Labelled

FILE = "fsdd.zip"
SOURCE = "https://github.com/Jakobovski/free-spoken-digit-dataset/archive/refs/heads/master.zip"
NAME = r"([0-9])_([a-z]+)_([0-9]+)\.wav"
FSDD = "45a9b976ba3397a2fd5c70a9f2e43c34f442a3a6be47392ecfc41174b678f37e"  # of all recordings
BANDS = FRAMES = 30
TESTED = 5  # recordings of each digit and speaker: the first ones, by the data set's own rule


@functools.cache
def spoken_digits() -> Labelled:
    """Return the Free Spoken Digit Dataset: 3,000 recordings of 6 speakers (Jackson 2016, CC BY-SA 4.0).

    Returns
    -------
    Labelled
        One picture of 30 bands by 30 frames for each recording (`mel_picture`), the first five
        recordings of each digit and speaker for tests (the official split). ``groups`` are speakers:
        ``spoken_digits().held_out("theo")`` keeps all of one of them for tests.

    Raises
    ------
    WrongInput
        If the file at hand has the wrong checksum.
    RunFailed
        If there is none and it cannot be downloaded.
    """
    found = recordings(FILE, SOURCE, NAME, FSDD)
    parts = [name.removesuffix(".wav").split("_") for name in found]
    return Labelled(
        name="FSDD",
        images=np.stack([mel_picture(*_sound(content)).ravel() for content in found.values()]),
        labels=np.array([int(digit) for digit, _, _ in parts], np.int32),
        testing=np.array([int(index) < TESTED for _, _, index in parts]),
        shape=(BANDS, FRAMES),
        groups=tuple(speaker for _, speaker, _ in parts),
    )


def _sound(content: bytes) -> tuple[NDArray[np.float64], int]:
    with wave.open(io.BytesIO(content)) as file:
        return np.frombuffer(file.readframes(-1), "<i2").astype(float), file.getframerate()


def mel_picture(sound: NDArray[np.float64], rate: int, points: int = 4096) -> NDArray[np.float32]:
    """Return the share of each frame in the energy of each mel band.

    As the published program makes it from TIDigits: pre-emphasis, 30 Hamming windows that overlap by
    half, energies in 30 triangular mel bands from 0 to half the rate, and each band divided by its sum.

    Parameters
    ----------
    sound
        Samples, shape ``(sample,)``.
    rate
        Samples per second.
    points
        Of the Fourier transform.

    Returns
    -------
    numpy.ndarray
        Shape ``(band, frame)``; each row sums to 1.
    """
    from scipy.fft import rfft  # here, since it takes long to import

    # Windows of two steps, rounded each on its own; zeros follow the end.
    width, step = (max(1, int(2 * len(sound) / (FRAMES + 1) / part + 0.5)) for part in (1, 2))
    emphasised = np.append(sound[:1], sound[1:] - 0.97 * sound[:-1])
    emphasised = np.pad(emphasised, (0, width + FRAMES * step))
    at = step * np.arange(FRAMES)[:, None] + np.arange(width)
    spectrum = rfft(emphasised[at] * np.hamming(width), points)
    energy = (np.abs(spectrum) ** 2 / points) @ mel_bands(BANDS, points, rate)
    energy = np.maximum(energy, np.finfo(float).eps)
    picture: NDArray[np.float32] = (energy / energy.sum(axis=0)).T.astype(np.float32)
    return picture


@functools.cache
def mel_bands(bands: int, points: int, rate: int) -> scipy.sparse.csc_array:
    """Return triangular filters at equal distances in mel, mel = 2595 log10(1 + f/700 Hz).

    Corners lie on bins of the transform; each filter reaches from the peak of the one before to that
    of the next.

    Returns
    -------
    scipy.sparse.csc_array
        Shape ``(points/2 + 1, band)``: few bins are in a filter.
    """
    mel = np.linspace(0, 2595 * np.log10(1 + rate / 2 / 700), bands + 2)
    corners = np.floor((points + 1) * 700 * (10 ** (mel / 2595) - 1) / rate)
    low, peak, high = (corners[k : k + bands] for k in range(3))
    bins = np.arange(points // 2 + 1)[:, None]
    # At the peak both slopes are 1; a filter of no width is 0.
    rising = (bins - low) / np.maximum(peak - low, 1)
    falling = (high - bins) / np.maximum(high - peak, 1)
    return scipy.sparse.csc_array(np.clip(np.minimum(rising, falling), 0, None))
