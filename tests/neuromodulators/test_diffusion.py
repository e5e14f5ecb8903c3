"""Diffusion on grids, against closed forms, and the compiled loops against NumPy."""

import numpy as np
import pytest
from brian2 import mmolar, ms, nmolar, second, um
from scipy.special import k0

import neuromodsim as nms
from neuromodsim.builder.diffusion import laplacian
from tests.neuromodulators.parts import ALPHA, CLOSED, SPREAD, concentration, experiment, steady_source

QUANTUM = 3000 / 6.02214076e23  # mol
GRIDS = {
    "line": lambda wall: nms.Line(9 * um, 1 * um, wall),
    "sheet": lambda wall: nms.Sheet((7, 5) * um, 1 * um, wall),
    "thin sheet": lambda wall: nms.Sheet((6, 2) * um, 1 * um, wall),
    "box": lambda wall: nms.Box((6, 5, 4) * um, 1 * um, wall),
    "thin box": lambda wall: nms.Box((1, 3, 2) * um, 1 * um, wall),
}
WALLS = ("no flux", "periodic")
CASES = [(grid, wall) for grid in GRIDS for wall in WALLS]


def pool(geometry, model=CLOSED, name="pool", **more):
    return nms.Neuromodulator(name, pool=model, geometry=geometry, **more)


def by_definition(values, wall, dx):
    """Return the laplacian voxel by voxel, from the definition."""
    out = np.zeros_like(values)
    for index in np.ndindex(values.shape):
        for axis, size in enumerate(values.shape):
            for step in (-1, 1):
                k = index[axis] + step
                if wall == "no flux" and not 0 <= k < size:
                    continue
                beside = (*index[:axis], k % size, *index[axis + 1 :])
                out[index] += (values[beside] - values[index]) / dx**2
    return out


@pytest.mark.parametrize(("name", "wall"), CASES)
def test_the_laplacian_is_the_sum_over_neighbours(name, wall, rng):
    """Would catch a swapped axis, a wrong wall, and a neighbour counted twice."""
    grid = GRIDS[name](wall)
    values = rng.random(grid.shape)
    assert laplacian(values, grid) == pytest.approx(by_definition(values, wall, 1e-6), rel=1e-12)


@pytest.fixture(scope="module")
def six_pools():
    """All grids and walls in one program, from uneven concentrations, and these."""
    rng = np.random.default_rng(7)
    pools = [pool(GRIDS[g](w), name=f"pool_{k}") for k, (g, w) in enumerate(CASES)]
    start = {f"{p.name}.C": rng.random(p.geometry.voxels) * 100 * nmolar for p in pools}
    return experiment(*pools), start


@pytest.mark.cpp
def test_compiled_loops_give_what_numpy_gives(six_pools):
    """Would catch a wrong neighbour at any wall, of any grid, in the C++ template."""
    described, start = six_pools
    often = {"states": {path: 1 * ms for path in start}}
    runs = [
        nms.simulate(described, device=device, parameters=start, duration=1 * ms, record=often)
        for device in ("cpp", "numpy")
    ]
    for path in start:
        ours, reference = (concentration(run, path.removesuffix(".C")) for run in runs)
        assert ours == pytest.approx(reference, rel=1e-12)
        assert ours.std() > 0.01 * ours.mean()  # not yet even, so a wrong neighbour would show


@pytest.mark.cython
@pytest.mark.usefixtures("hastily_compiled")
def test_a_grid_runs_as_cython():
    """Would catch code for Cython that differs: its neighbours are worked out from indices."""
    names = [f"pool_{k}" for k in range(len(WALLS))]
    box = [nms.Box((2, 5, 3) * um, 1 * um, wall) for wall in WALLS]
    described = experiment(*(pool(grid, name=name) for grid, name in zip(box, names, strict=True)))
    given = {
        "parameters": {f"{name}.C": np.arange(30.0) * nmolar for name in names},
        "record": {"states": {f"{name}.C": 1 * ms for name in names}},
    }
    runs = [nms.simulate(described, device=d, duration=2 * ms, **given) for d in ("cython", "numpy")]
    for name in names:
        assert concentration(runs[0], name) == pytest.approx(concentration(runs[1], name), rel=1e-12)


@pytest.mark.parametrize(("name", "wall"), CASES)
def test_nothing_is_made_or_lost_by_diffusion(name, wall, rng):
    """Conservation of mass to rounding, with any walls; the limit asked for is 1e-6."""
    grid = GRIDS[name](wall)
    start = rng.random(grid.voxels) * 100 * nmolar
    run = nms.simulate(experiment(pool(grid)), device="numpy", parameters={"pool.C": start})
    total = run["modulators/pool"].C.sum(dim=run["modulators/pool"].C.dims[1:])
    assert np.ptp(total.values) < 1e-12 * total.values[0]


def test_a_quantum_counts_the_extracellular_space_once():
    """Amount = concentration × volume × α: halving α doubles the concentration, and nothing else does."""
    described = experiment(pool(nms.Box((5, 5, 5) * um, 1 * um), **steady_source(62)))
    for alpha in (ALPHA, ALPHA / 2):
        run = nms.simulate(described, device="numpy", parameters={"pool.alpha": alpha}, duration=10 * ms)
        released = concentration(run).sum() * alpha * 1e-18
        assert released == pytest.approx(100 * QUANTUM, rel=1e-9)


def test_tortuosity_slows_spread_by_its_square_once():
    """The variance of what started at a point grows as 2 D/λ² t along each dimension."""
    described = experiment(pool(nms.Line(201 * um, 1 * um)))
    start = np.zeros(201)
    start[100] = 100
    x = np.arange(201) - 100.0
    for tortuosity in (1.54, 3.08):
        values = {"pool.C": start * nmolar, "pool.tortuosity": tortuosity}
        run = nms.simulate(described, device="numpy", parameters=values)
        c = concentration(run)
        variance = (c * x**2).sum() / c.sum() * 1e-12
        assert variance == pytest.approx(2 * 763e-12 / tortuosity**2 * 0.1, rel=1e-9)


def test_the_scheme_is_of_second_order_in_space():
    """A cosine between walls decays at D* (π/L)²: the error falls fourfold as dx is halved."""
    length, mode = 20.0, np.pi / 20e-6
    errors = []
    for dx in (2.0, 1.0, 0.5):
        x = (np.arange(round(length / dx)) + 0.5) * dx * 1e-6
        start = (1 + np.cos(mode * x)) * 100 * nmolar
        described = experiment(pool(nms.Line(length * um, dx * um)), dt=0.01 * ms)
        run = nms.simulate(described, device="numpy", parameters={"pool.C": start}, duration=50 * ms)
        left = (concentration(run)[0] - 1e-4) / (1e-4 * np.cos(mode * x[0]))
        step = 1e-5 * SPREAD * mode**2
        errors.append(abs(left - (1 - step) ** 5000))  # what dt alone does is left out
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.05)
    assert errors[1] / errors[2] == pytest.approx(4, rel=0.05)


def test_the_scheme_is_of_first_order_in_time():
    """Halving dt halves the error, for diffusion and uptake together."""
    start = np.linspace(0, 400, 11) * nmolar
    model = CLOSED.with_parameters(V_max=4e-3 * mmolar / second)
    found = []
    for dt in (0.2, 0.1, 0.05, 0.00625):
        described = experiment(pool(nms.Line(11 * um, 1 * um), model), dt=dt * ms)
        run = nms.simulate(described, device="numpy", parameters={"pool.C": start}, duration=20 * ms)
        found.append(concentration(run))
    errors = [np.abs(c - found[-1]).max() for c in found[:-1]]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.15)
    assert errors[1] / errors[2] == pytest.approx(2, rel=0.2)


def steady(geometry, at, rate):
    """Return the concentration around a source that has gone on for long, with linear uptake."""
    lossy = CLOSED.with_parameters(k_loss=rate / second)
    run = nms.simulate(
        experiment(pool(geometry, lossy, **steady_source(at))), device="numpy", duration=400 * ms
    )
    return concentration(run)


RATE = 6e-3 / 210e-6  # Vmax/Km in the dorsal striatum: 28.6 per second
LENGTH = np.sqrt(SPREAD / RATE) * 1e6  # µm
PER_STEP = QUANTUM / (ALPHA * 1e-18) / 1e-4  # mol/m³/s into one voxel


def test_the_space_constant_is_that_of_the_dorsal_striatum():
    assert pytest.approx(3.36, abs=0.005) == LENGTH
    assert np.sqrt(SPREAD / (2e-3 / 210e-6)) * 1e6 == pytest.approx(5.81, abs=0.01)


def test_a_steady_source_on_a_line_falls_off_exponentially():
    """C = J λ / (2 D*) exp(-|x|/λ) for a source J per area; the grid's own error is (dx/λ)²/24."""
    c = steady(nms.Line(101 * um, 1 * um), 50, RATE)
    x = np.arange(1, 15)
    expected = PER_STEP * 1e-6 * LENGTH * 1e-6 / (2 * SPREAD) * np.exp(-x / LENGTH)
    assert c[50 + x] == pytest.approx(expected, rel=0.02)
    assert c[50 - x] == pytest.approx(c[50 + x], rel=1e-9)


def test_a_steady_source_on_a_sheet_falls_off_as_a_bessel_function():
    """C = J/(2π D*) K0(r/λ) for a source J per length."""
    c = steady(nms.Sheet((61, 61) * um, 1 * um), 30 * 61 + 30, RATE)
    r = np.arange(2, 15)
    expected = PER_STEP * 1e-12 / (2 * np.pi * SPREAD) * k0(r / LENGTH)
    assert c[30, 30 + r] == pytest.approx(expected, rel=0.03)
    assert c[30 + r, 30] == pytest.approx(c[30, 30 + r], rel=1e-9)


@pytest.mark.cpp
def test_a_steady_source_in_a_box_falls_off_as_exp_over_r():
    """C = J/(4π D* r) exp(-r/λ) for a source of J, away from the source, where the grid is fine enough."""
    geometry = nms.Box((41, 41, 41) * um, 1 * um)
    lossy = CLOSED.with_parameters(k_loss=RATE / second)
    described = experiment(pool(geometry, lossy, **steady_source((20 * 41 + 20) * 41 + 20)))
    c = concentration(nms.simulate(described, duration=400 * ms, record={"states": {"pool.C": 400 * ms}}))
    r = np.arange(5, 13)
    expected = PER_STEP * 1e-18 / (4 * np.pi * SPREAD * r * 1e-6) * np.exp(-r / LENGTH)
    assert c[20, 20, 20 + r] == pytest.approx(expected, rel=0.04)
    assert c[20 + r, 20, 20] == pytest.approx(c[20, 20, 20 + r], rel=1e-9)


def test_well_mixed_is_the_mean_of_a_box_where_uptake_is_linear(rng):
    """To rounding, once both take the same step: an explicit one in the box, exact decay when mixed."""
    lossy = CLOSED.with_parameters(k_loss=RATE / second)
    grid = nms.Box((4, 5, 6) * um, 1 * um)
    start = rng.random(grid.voxels) * 100 * nmolar
    box = nms.simulate(experiment(pool(grid, lossy)), device="numpy", parameters={"pool.C": start})
    mixed = nms.simulate(
        experiment(pool(nms.WellMixed(), lossy)),
        device="numpy",
        parameters={"pool.C": start.mean()},
    )
    assert concentration(box).mean() == pytest.approx(
        float(np.mean(start)) * (1 - RATE * 1e-4) ** 1000, rel=1e-9
    )
    assert concentration(mixed)[0] == pytest.approx(float(np.mean(start)) * np.exp(-RATE * 0.1), rel=1e-7)
    assert concentration(box).mean() == pytest.approx(concentration(mixed)[0], rel=RATE**2 * 0.1 * 1e-4)


def test_a_step_too_long_is_refused_with_the_longest():
    """The bound is dx²/(6 D*) in a box without uptake: 0.518 ms for 1 µm, and uptake shortens it."""
    described = experiment(pool(nms.Box((3, 3, 3) * um, 1 * um)), dt=0.6 * ms, record={})
    with pytest.raises(nms.WrongInput, match=r"time step of 600 µs is too long.*at most 518 µs, "):
        nms.simulate(described, device="numpy", duration=6 * ms)
    fast = {"pool.k_loss": 3e4 / second}
    described = experiment(pool(nms.Box((3, 3, 3) * um, 1 * um)), record={})
    with pytest.raises(nms.WrongInput, match="at most"):
        nms.simulate(described, device="numpy", parameters=fast)


def test_what_the_bound_allows_is_stable(rng):
    """Just below the bound the worst mode does not grow; above it it would."""
    described = experiment(pool(nms.Box((4, 4, 4) * um, 1 * um)), dt=0.5 * ms)
    start = rng.random(64) * nmolar
    c = concentration(
        nms.simulate(described, device="numpy", parameters={"pool.C": start}, duration=500 * ms)
    )
    assert np.ptp(c) < 1e-6 * c.mean()


def test_a_pool_on_a_grid_comes_back_in_space():
    run = nms.simulate(experiment(pool(nms.Box((3, 4, 5) * um, 1 * um))), device="numpy", duration=10 * ms)
    c = run["modulators/pool"].C
    assert c.dims == ("time", "z", "y", "x") and c.shape == (2, 5, 4, 3)
    assert c.units == "nmol/L" and c.x.units == "um"
    assert c.x.values == pytest.approx([0.5, 1.5, 2.5])


def test_the_laplacian_is_not_for_recording():
    with pytest.raises(nms.WrongInput, match="record the concentration"):
        nms.simulate(
            experiment(pool(nms.Line(3 * um, 1 * um)), record={"pool.laplacian": 1 * ms}), device="numpy"
        )
