"""What figures draw alike: one kind of drawing per file, colours by meaning. No result is computed here."""
