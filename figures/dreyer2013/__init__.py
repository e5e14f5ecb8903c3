"""Dreyer and Hounsgaard (2013), autoreceptors and uptake inhibitors, doi 10.1152/jn.00502.2012."""
