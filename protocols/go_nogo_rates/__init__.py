"""The Go/No-Go task with rate-based units."""
