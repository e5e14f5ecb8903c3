"""Whatever is mistyped gets one clear sentence and exit code 2, before anything is computed."""

import pytest

from neuromodsim.simulation import run_one, simulator

RUN = ("run", "distal_reward")


@pytest.fixture(autouse=True)
def nothing_is_computed(monkeypatch):
    """Fail where a mistake is found only when a program is being made."""

    def refuse(*arguments, **options):
        raise AssertionError("a program was made")

    for module in (run_one, simulator):
        monkeypatch.setattr(module, "program_of", refuse)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("lst",), "There is no command 'lst'; did you mean list?"),
        (("show", "dopamine_sdtp"), "did you mean dopamine_stdp"),
        (("cite", "distal_rewrd"), "did you mean distal_reward"),
        (("figure", "izhikevich2007/fig2"), "did you mean izhikevich2007/fig1"),
        (("figure", "fig1"), "There is no figure 'fig1'; did you mean izhikevich2007/fig1?"),
        (
            ("figure", "distal_reward"),
            "'distal_reward' is an experiment; its figures are izhikevich2007/fig1",
        ),
        (("figure", "izhikevich2007/fig1", "--seed", "1"), "--seed does not go with 'izhikevich2007/fig1'"),
        (("figure", "--stale", "--seed", "1"), "--seed does not go with figures: the runs"),
        (("figure", "mine.py", "--check"), "--check does not go with 'mine.py'"),
        (("show",), "arguments are required: NAME; see"),
        (("list", "--jsn"), "Unrecognized arguments: --jsn"),
        (("run",), "Name an experiment, or an old run"),
        (("run", "distal_rewrd"), "There is no experiment 'distal_rewrd'; did you mean distal_reward"),
        ((*RUN, "cortex.tau_c=5ms"), "'cortex.tau_c=5ms' gives a parameter, not an axis; write --set cortex"),
        ((*RUN, "--quiet", "cortex.tau_c=5ms"), "write --set cortex.tau_c=5ms."),
        ((*RUN, "yoked"), "'yoked' is not of the form AXIS=VALUE"),
        ((*RUN, "--condition", "yokd"), "did you mean yoked?"),
        ((*RUN, "--device", "numpi"), "There is no device 'numpi'; did you mean numpy?"),
        ((*RUN, "--device", "cuda"), "The device 'cuda' needs"),
        ((*RUN, "--seed", "one"), "The seed must be a whole number from 0 up; got 'one'."),
        ((*RUN, "--seed", "-1"), "The seed must be a whole number from 0 up; got '-1'."),
        ((*RUN, "--duration", "-10s"), "'duration' must be at least"),
        ((*RUN, "--duration", "0s"), "'duration' must be at least 1 ms (one time step); got 0 s."),
        ((*RUN, "--duration", "10"), "'duration' needs a unit of time, for example 500ms; got 10."),
        ((*RUN, "--duration", "10mV"), "'duration' needs a unit of time"),
        ((*RUN, "--duration", "10", "s"), "'10 s' must be one word: write 10s, or use quotes."),
        ((*RUN, "--quiet", "--set", "dopamine_stdp.tau_c=5e2", "ms"), "write dopamine_stdp.tau_c=5e2ms, or"),
        ((*RUN, "--duration", "nan s"), "'duration' must be finite"),
        ((*RUN, "--duration", "1.5ms"), "must be a multiple of the time step"),
        (
            (*RUN, "--duration", "soon"),
            "'duration' must be a number with a unit, such as 500ms or 1.5mV; got",
        ),
        ((*RUN, "--set", "task.contingent=often"), "'task.contingent' must be a number with a unit"),
        ((*RUN, "--set", "task.contingent=1 mango"), "'task.contingent' must have a unit that Brian2 knows"),
        ((*RUN, "--record", "cortex.v=often"), "'interval of cortex.v' must be a number with a unit"),
        ((*RUN, "--set", "dopamine_stdp.tau_c"), "not of the form PATH=VALUE"),
        ((*RUN, "--set", "dopamine_stdp.tau_d=1s"), "There is no parameter 'dopamine_stdp.tau_d'"),
        (
            (*RUN, "--set", "dopamine_stdp.tau_c=500"),
            "'dopamine_stdp.tau_c' needs a unit of time, for example 500ms; got 500.",
        ),
        ((*RUN, "--set", "dopamine_stdp.tau_c=nan*second"), "'dopamine_stdp.tau_c' must be finite"),
        ((*RUN, "--set", "dopamine_stdp.tau_c=-1s"), "'dopamine_stdp.tau_c' must be at least"),
        ((*RUN, "--set", "task.contingent=2"), "'task.contingent' must be at most 1"),
        ((*RUN, "--set", "cortex.b=1", "--set", "cortex.b=2"), "'cortex.b' is set twice."),
        ((*RUN, "--record", "cortx"), "did you mean cortex"),
        ((*RUN, "--record", "cortx.v"), "did you mean cortex"),
        ((*RUN, "--record", "cortex=1ms"), "take no interval"),
        ((*RUN, "--record", "cortex.v=1mV"), "needs a unit of time"),
        ((*RUN, "--record", "cortex.v=0.5ms"), "must be at least"),
        ((*RUN, "--record", "excitatory.w=1ms"), "would take 2304"),
        ((*RUN, "-o", "nowhere/run.zarr"), "There is no folder 'nowhere' to write to."),
        ((*RUN, "--figure", "run.gif"), "must end in .png or .pdf or .svg"),
        (("run", "--from", "missing.zarr"), "There is no 'missing.zarr'."),
        (("figure", "izhikevich2007/fig1", "--jobs", "0"), "At least one job is needed."),
    ],
)
def test_one_sentence_and_exit_code_2(said, tmp_path, words, sentence):
    """Fails when a mistake is accepted, crashes, or is reported in more than a line."""
    code, out, err = said(*words)
    assert sentence in err
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["-o", "--figure"])
def test_an_output_that_exists_is_kept(said, tmp_path, option):
    """Fails when a result is overwritten, or only noticed after the run."""
    there = tmp_path / "old.png"
    there.write_text("precious")
    code, _, err = said(*RUN, option, "old.png")
    assert code == 2 and "'old.png' is already there; choose another name or use --overwrite." in err
    assert there.read_text() == "precious"


def test_the_process_exits_with_2(neuromodsim):
    """Fails when the exit code of the function is not that of the process."""
    done = neuromodsim("show", "dopamine_sdtp")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_broken_model_text_is_one_sentence_and_exit_code_2(said, monkeypatch):
    """Fails when a mistake in a model's equations prints a traceback of Brian2."""
    from dataclasses import replace

    from neuromodsim.catalogue import catalogue

    monkeypatch.undo()
    pairing = catalogue.experiment("pairing")
    (first, *others) = pairing.circuit.populations
    broken = replace(first, model=replace(first.model, threshold="no_such_name > 0"))
    circuit = replace(pairing.circuit, populations=(broken, *others))
    monkeypatch.setattr(catalogue, "experiment", lambda name: replace(pairing, circuit=circuit))
    code, out, err = said("run", "pairing", "--device", "numpy", "--duration", "5ms")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "no_such_name" in err
