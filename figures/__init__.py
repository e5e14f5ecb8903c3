"""One folder per paper, one module per figure: the claim, the published numbers, check and picture."""
