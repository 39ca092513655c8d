"""The parts of benches/reliability.py: a server that is killed, clerks at work on it, and the look afterwards."""
