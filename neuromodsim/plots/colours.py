"""Colours by meaning: what means the same has the same colour in every figure."""

COLOUR = {
    # Neuromodulators, and conditions that differ by them.
    "dopamine": "#8a2be2",
    "noradrenaline": "#228833",
    "dopamine_noradrenaline": "#228833",
    "dopamine_alone": "#c1440e",
    "serotonin": "#4477aa",
    "acetylcholine": "#4477aa",
    "no_dopamine": "#7f7f7f",
    "modulated": "#c1440e",
    "unmodulated": "#7f7f7f",
    # Reward.
    "contingent": "#c1440e",
    "yoked": "#4477aa",
    "others": "#bbbbbb",
    # Parts of the striatum.
    "dorsal": "#c1440e",
    "ventral": "#4477aa",
    # Signs of plasticity.
    "potentiation": "#c1440e",
    "depression": "#4477aa",
    "no_change": "0.55",
    # Learning rules, and how they are evaluated.
    "naca": "#c1440e",
    "naca_rate": "#e08a5b",
    "ewc": "#4477aa",
    "bp": "#7f7f7f",
    "mushroom_body": "#228833",
    "within_class": "#c1440e",
    "single_image": "#4477aa",
    "mixed_class": "#bbbbbb",
    # Data sets.
    "mnist": "#c1440e",
    "digits": "#4477aa",
    "spoken": "#228833",
    "events": "#aa3377",
}
