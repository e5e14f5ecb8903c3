"""The publications that models and numbers come from."""

from neuromodsim.model import Source

IZHIKEVICH_2003 = Source(
    key="izhikevich2003",
    authors="Izhikevich, E. M.",
    year=2003,
    title="Simple model of spiking neurons",
    journal="IEEE Transactions on Neural Networks 14(6):1569-1572",
    doi="10.1109/TNN.2003.820440",
)

IZHIKEVICH_2007 = Source(
    key="izhikevich2007",
    authors="Izhikevich, E. M.",
    year=2007,
    title="Solving the distal reward problem through linkage of STDP and dopamine signaling",
    journal="Cerebral Cortex 17(10):2443-2452",
    doi="10.1093/cercor/bhl152",
)

ZHANG_2023 = Source(
    key="zhang2023",
    authors="Zhang, T. and Cheng, X. and Jia, S. and Li, C. T. and Poo, M. and Xu, B.",
    year=2023,
    title="A brain-inspired algorithm that mitigates catastrophic forgetting of artificial and "
    "spiking neural networks with low computational cost",
    journal="Science Advances 9(34):eadi2947",
    doi="10.1126/sciadv.adi2947",
)
