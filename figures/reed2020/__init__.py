"""Best, Reed et al. (2020), Autoreceptor control of serotonin dynamics, doi 10.1186/s12868-020-00587-z."""
