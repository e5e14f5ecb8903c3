"""From description to description: third-factor rules, traces, replicas."""
