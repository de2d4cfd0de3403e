"""Measurements: what the bot costs. No test stands here; ``README.md`` says how they are run."""
