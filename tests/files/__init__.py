"""The user's files: nothing is lost, nothing of others is touched, nothing of others is run."""
