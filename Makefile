# Two commands are enough: `make demo` and `make test`. Both set up everything first, on a machine with Python 3.11+.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Packages are installed --no-compile: Python compiles the modules that are used, most never are.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready

.PHONY: setup demo samples test test-postgres test-long quick lint bench fuzz lock clean

# Everything: to run, to test, to measure.
setup: $(READY)

$(READY): $(RUNS) requirements-dev.txt
	$(PIP) install --no-compile --require-hashes -r requirements-dev.txt
	@touch $(READY)

# What gongkai itself needs, with all extras.
$(RUNS): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gongkai needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 setup"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --no-compile --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(RUNS)

# The whole platform with an invented city in build/demo-city, at http://127.0.0.1:8000/ (PORT=… for another).
PORT ?= 8000
demo: $(RUNS)
	$(BIN)/gongkai serve --demo --open --port $(PORT) --data build/demo-city

# The core alone: reads the sample reports, checks them, writes one as DOCX and PDF to build/demo.
samples: $(RUNS)
	$(BIN)/python examples/samples.py

# Everything: style, types, the rules of the house, all tests.
test: lint
	$(BIN)/python -m pytest

# The tests of the platform once more, on a PostgreSQL of their own (needs its server: Debian's package postgresql).
test-postgres: setup
	GONGKAI_TEST_DATABASE=postgresql $(BIN)/python -m pytest tests/web

# What takes its time by what it tries, one after the other; and more kills and a whole year where `make test` has a few.
KILLS ?= 40
DAYS ?= 365
test-long: setup
	$(BIN)/python -m pytest -n 0 -m long
	GONGKAI_KILLS=$(KILLS) GONGKAI_DAYS=$(DAYS) $(BIN)/python -m pytest -n 0 tests/web/bringing_in/test_site_kills.py \
	  tests/web/bringing_in/test_table_kills.py tests/web/upgrade tests/web/test_year.py

# The fast tests alone, for work.
quick: setup
	$(BIN)/python -m pytest -m "not slow and not browser and not long"

lint: setup
	$(BIN)/ruff check src tests benches examples
	$(BIN)/mypy
	$(BIN)/lint-imports

# Measures, side by side with peers, as ratios; needs the packages of requirements.txt only.
bench: setup
	$(BIN)/python benches/reading.py
	$(BIN)/python benches/clocks.py

# A long fuzzing run of every format; seconds by FUZZ_SECONDS.
fuzz: setup
	$(BIN)/python benches/fuzz.py

# Renews the requirements from pyproject.toml: every package with its hashes, no index address.
LOCK := $(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
lock: setup
	$(LOCK) --all-extras --group build -o requirements.txt
	$(LOCK) --all-extras --group build --group dev --group bench -c requirements.txt -o requirements-dev.txt
	@! grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements.txt requirements-dev.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
