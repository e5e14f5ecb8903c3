"""Rule learning and set shifting in a Go/No-Go task."""
