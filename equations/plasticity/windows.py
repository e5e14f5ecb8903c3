"""Windows of spike-timing-dependent plasticity, by neuromodulator and receptor.

In slices, the same spike pairing can potentiate a synapse, depress it, or have no effect, depending on the
drugs in the bath and on modulators that arrive seconds later. `WINDOWS` lists experimental results, one row
for each preparation, as plain values::

    for row in WINDOWS:
        print(row.key, row.receptor, row.before, row.after)

The rules in this folder are examples of single rows (``rule``); the experiment ``stdp_windows`` runs
them and compares signs with this table.

Two caveats apply. Few rows were verified in the source (``evidence``, ``timing_evidence``). And results
conflict: acetylcholine in CA1 causes depression at all timings in one laboratory and potentiation in
another (``conflicts_with``), so no rule here has a fixed sign for it. Results from macaques and mice are
combined where the sources agree.
"""

from dataclasses import dataclass
from typing import Literal

from neuromodsim.description.model import Evidence

# Effect of pairing; empty if the source does not state it.
Change = Literal["LTP", "LTD", "none", ""]
SIGN = {"LTP": 1, "LTD": -1, "none": 0, "": None}


@dataclass(frozen=True, kw_only=True)
class StdpWindow:
    """Effect of spike pairing in one preparation, with one modulator present.

    ``before`` is for the presynaptic spike before the postsynaptic one (Δt > 0), ``after`` for the
    reverse order. ``rule`` names the example model, if there is one.
    """

    key: str
    modulator: str
    receptor: str
    preparation: str
    before: Change
    after: Change
    timing: str
    citation: str
    doi: str = ""
    detail: str = ""
    evidence: Evidence = "unverified"  # of the signs
    timing_evidence: Evidence = "unverified"
    rule: str = ""
    conflicts_with: str = ""

    @property
    def signs(self) -> tuple[int | None, int | None]:
        """The sign of the change for Δt > 0 and for Δt < 0; None if the source does not state it."""
        return SIGN[self.before], SIGN[self.after]


SEOL = "Seol et al. (2007) Neuron 55:919-929"
HUANG = "Huang et al. (2014) J Neurosci 34:7575-7579, macaque; Huang et al. (2013) J Neurosci 33:13171, mouse"
HUANG_DOI = "10.1523/JNEUROSCI.5741-12.2013"

WINDOWS = (
    StdpWindow(
        key="v1_none",
        modulator="none",
        receptor="none",
        preparation="visual cortex, layer 2/3",
        before="none",
        after="none",
        timing="nothing is induced at any timing",
        citation=f"{HUANG}; {SEOL}",
        doi=HUANG_DOI,
        evidence="reported",
        timing_evidence="reported",
        rule="pull_push",
    ),
    StdpWindow(
        key="v1_beta",
        modulator="noradrenaline",
        receptor="β",
        preparation="visual cortex, layer 2/3",
        before="LTP",
        after="LTP",
        timing="potentiation only",
        detail="isoproterenol 10 µM",
        citation=SEOL,
        doi="10.1016/j.neuron.2007.08.013",
        evidence="reported",
        rule="pull_push",
    ),
    StdpWindow(
        key="v1_m1_or_alpha1",
        modulator="acetylcholine or noradrenaline",
        receptor="M1 or α1",
        preparation="visual cortex, layer 2/3",
        before="LTD",
        after="LTD",
        timing="depression only",
        detail="McN-A-343 10 µM, or methoxamine 5 µM",
        citation=SEOL,
        doi="10.1016/j.neuron.2007.08.013",
        evidence="reported",
        rule="pull_push",
    ),
    StdpWindow(
        key="v1_beta_and_alpha1",
        modulator="noradrenaline",
        receptor="β and α1",
        preparation="visual cortex, layer 2/3",
        before="LTP",
        after="LTD",
        timing="Hebbian",
        detail="isoproterenol 10 µM and methoxamine 5 µM",
        citation=HUANG,
        doi=HUANG_DOI,
        evidence="reported",
        timing_evidence="reported",
        rule="pull_push",
    ),
    StdpWindow(
        key="v1_noradrenaline_low",
        modulator="noradrenaline",
        receptor="α1 more than β",
        preparation="visual cortex",
        before="LTD",
        after="LTD",
        timing="broad",
        detail="low concentration",
        citation="Salgado, Köhr and Treviño (2012) Sci Rep 2:417",
        doi="10.1038/srep00417",
    ),
    StdpWindow(
        key="v1_noradrenaline_high",
        modulator="noradrenaline",
        receptor="α1 and β",
        preparation="visual cortex",
        before="LTP",
        after="LTD",
        timing="Hebbian, narrow",
        detail="high concentration",
        citation="Salgado, Köhr and Treviño (2012) Sci Rep 2:417",
        doi="10.1038/srep00417",
    ),
    StdpWindow(
        key="culture_d1",
        modulator="dopamine",
        receptor="D1",
        preparation="hippocampal culture",
        before="LTP",
        after="LTP",
        timing="widened",
        detail="fewer pairs are enough; depression turns into potentiation",
        citation="Zhang, Lau and Bi (2009) PNAS 106:13028-13033",
        rule="graupner_brunel_culture",
    ),
    StdpWindow(
        key="ca1_d1_gate",
        modulator="dopamine",
        receptor="D1, not β",
        preparation="hippocampal slice, CA1",
        before="LTP",
        after="",
        timing="a gate: no potentiation without it",
        citation="Edelmann and Lessmann (2013) Front Neurosci 7:25",
        doi="10.3389/fnins.2013.00025",
        evidence="reported",
        timing_evidence="reported",
        rule="graupner_brunel_slice",
    ),
    StdpWindow(
        key="ca1_dopamine_late",
        modulator="dopamine",
        receptor="D1, with NMDA receptors, cAMP and PKA",
        preparation="hippocampal slice, CA1",
        before="LTP",
        after="LTP",
        timing="retroactive, minutes after pairing",
        detail="given after pairing; depression turns into potentiation",
        citation="Brzosko, Schultz and Paulsen (2015) eLife 4:e09685",
        evidence="reported",
        rule="sequential",
    ),
    StdpWindow(
        key="ca1_acetylcholine",
        modulator="acetylcholine",
        receptor="muscarinic",
        preparation="hippocampal slice, CA1",
        before="LTD",
        after="LTD",
        timing="depression only",
        citation="Brzosko et al. (2017) eLife 6:e27756",
        doi="10.7554/eLife.27756",
        evidence="reported",
        rule="sequential",
        conflicts_with="ca1_eserine",
    ),
    StdpWindow(
        key="ca1_acetylcholine_then_dopamine",
        modulator="acetylcholine, then dopamine",
        receptor="muscarinic, then D1",
        preparation="hippocampal slice, CA1",
        before="LTP",
        after="LTP",
        timing="dopamine after pairing turns depression into potentiation",
        detail="the conversion was read; that it holds for both orders is recalled",
        citation="Brzosko et al. (2017) eLife 6:e27756",
        doi="10.7554/eLife.27756",
        rule="sequential",
    ),
    StdpWindow(
        key="ca1_eserine",
        modulator="acetylcholine",
        receptor="muscarinic",
        preparation="hippocampal slice, CA1",
        before="LTP",
        after="LTP",
        timing="shifted to potentiation",
        detail="with eserine; less acetylcholine only abolishes depression, more suppresses both",
        citation="Sugisaki et al. (2011) Neuroscience 192:91-101; Sugisaki et al. (2016)",
        doi="10.1016/j.neuroscience.2011.06.064",
        evidence="reported",
        rule="sequential_sugisaki",
        conflicts_with="ca1_acetylcholine",
    ),
    StdpWindow(
        key="pfc_nicotine",
        modulator="acetylcholine",
        receptor="nicotinic",
        preparation="prefrontal cortex, layer 5",
        before="",
        after="",
        timing="threshold for potentiation raised",
        detail="through GABA; stronger pairing still potentiates",
        citation="Couey et al. (2007) Neuron 54:73-87",
    ),
    StdpWindow(
        key="v1_beta2_late",
        modulator="noradrenaline",
        receptor="β2",
        preparation="visual cortex and prefrontal cortex, layer 2/3",
        before="LTP",
        after="",
        timing="the trace lasts 5 to 10 s",
        detail="given after pairing, it turns the trace of potentiation into potentiation",
        citation="He et al. (2015) Neuron 88:528-538; Hong et al. (2022) Nat Commun 13:3202",
        doi="10.1016/j.neuron.2015.09.037",
        evidence="reported",
        rule="transforming_traces",
    ),
    StdpWindow(
        key="v1_serotonin_2c_late",
        modulator="serotonin",
        receptor="5-HT2C",
        preparation="visual cortex, layer 2/3",
        before="",
        after="LTD",
        timing="the trace lasts 2.5 to 5 s",
        detail="given after pairing, it turns the trace of depression into depression",
        citation="He et al. (2015) Neuron 88:528-538; Hong et al. (2022) Nat Commun 13:3202",
        doi="10.1016/j.neuron.2015.09.037",
        evidence="reported",
        rule="transforming_traces",
    ),
    StdpWindow(
        key="dspn_d1",
        modulator="dopamine",
        receptor="D1",
        preparation="striatum, direct pathway cells",
        before="LTP",
        after="",
        timing="bidirectional, Hebbian",
        detail="potentiation needs D1; with D1 blocked the same pairing depresses",
        citation="Shen, Flajolet, Greengard and Surmeier (2008) Science 321:848-851",
    ),
    StdpWindow(
        key="ispn_d2_a2a",
        modulator="dopamine and adenosine",
        receptor="D2 and A2A",
        preparation="striatum, indirect pathway cells",
        before="LTP",
        after="LTD",
        timing="bidirectional, Hebbian",
        detail="potentiation needs A2A, depression needs D2",
        citation="Shen, Flajolet, Greengard and Surmeier (2008) Science 321:848-851",
    ),
    StdpWindow(
        key="striatum_d1_block",
        modulator="none: D1 and D5 blocked",
        receptor="D1/D5",
        preparation="striatum, spiny projection cells",
        before="none",
        after="none",
        timing="a gate: with dopamine, +10 ms potentiates and -30 ms depresses",
        citation="Pawlak and Kerr (2008) J Neurosci 28:2435-2446",
        evidence="reported",
        timing_evidence="reported",
    ),
    StdpWindow(
        key="nac_d1_window",
        modulator="dopamine",
        receptor="D1",
        preparation="nucleus accumbens, spines of D1 cells",
        before="LTP",
        after="",
        timing="growth only if dopamine comes 0.3 to 2 s after pairing begins",
        detail="spine volume; significant at 0.6 and 1 s, not at -1 and 5 s; adenylyl cyclase 1 senses both",
        citation="Yagishita et al. (2014) Science 345:1616-1620",
        doi="10.1126/science.1255514",
        evidence="reported",
        timing_evidence="reported",
        rule="dopamine_window",
    ),
    StdpWindow(
        key="nac_d2_dip",
        modulator="dopamine (a dip) and adenosine",
        receptor="D2 and A2A",
        preparation="nucleus accumbens, spines of D2 cells",
        before="LTP",
        after="",
        timing="growth if a dip of dopamine follows",
        detail="read as a model's prediction; the experiment is recalled",
        citation="Urakubo et al. (2020) PLoS Comput Biol 16:e1008078; Iino et al. (2020) Nature 579:555-560",
        doi="10.1371/journal.pcbi.1008078",
        timing_evidence="reported",
    ),
    StdpWindow(
        key="nac_behaviour",
        modulator="dopamine",
        receptor="D1",
        preparation="nucleus accumbens, conditioning of mice",
        before="",
        after="",
        timing="a reward counts within 1 s of a tone",
        citation="Yamaguchi et al. (2022) Sci Rep 12:1921",
        doi="10.1038/s41598-022-05637-6",
        timing_evidence="reported",
    ),
    StdpWindow(
        key="dspn_silent_trace",
        modulator="dopamine",
        receptor="D1",
        preparation="striatum, slice (Shindou) and in vivo (Fisher)",
        before="LTP",
        after="",
        timing="dopamine 2 s after pairing (slice); reinforcement within 2 s (in vivo)",
        detail="a silent trace until dopamine comes",
        citation="Shindou et al. (2019) Eur J Neurosci 49:726-736; Fisher et al. (2017) Nat Commun 8:334",
        doi="10.1111/ejn.13921",
    ),
)


def window(key: str) -> StdpWindow:
    """Return a row of the table by its key; raises `KeyError` if there is none."""
    return {row.key: row for row in WINDOWS}[key]
