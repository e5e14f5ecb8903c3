"""What is simulated, as frozen values: models, circuits, neuromodulators, tasks, experiments."""
