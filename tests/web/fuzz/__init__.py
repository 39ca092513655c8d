"""A fuzzer of the whole platform's web side: every route, every role, every form found. The long run is benches/fuzz_web.py."""
