"""One archive of everything a platform holds, and the way back. Works on a running platform."""
