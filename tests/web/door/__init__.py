"""The door: bodies, their limits, and answers that nobody reads."""
