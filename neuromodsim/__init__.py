"""neuromodsim: what does a neuromodulator do here?"""
