"""What is shown to a reader: figures and their claims, descriptions of models."""
