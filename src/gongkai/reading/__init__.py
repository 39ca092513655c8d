"""Documents as published in, Reports out: never inventing a figure, always saying where each one stands.

The door: :func:`gongkai.reading.pipeline.read_bytes` for one document in this process,
:func:`gongkai.reading.worker.read_many` for many under limits of time and memory.
"""
