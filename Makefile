# Everything a newcomer needs, from a bare clone with python3 and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test check bench docs room lock clean

# the environment: exactly the locked versions, checked by hash, then the project itself
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "greensilk needs Python 3.11 or newer; set PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: $(STAMP)  ## appraise the projects of the ten-year report
	$(BIN)/greensilk demo --out demo-result --force

test: $(STAMP)  ## format, lint, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist worksteal

check: test

bench: $(STAMP)  ## benchmarks as ratios, printed from one run
	$(BIN)/python -m benchmarks

docs: $(STAMP)  ## the method book, from the code
	$(BIN)/python tools/make_docs.py

room: $(STAMP)  ## the skeleton of a new room: make room NAME=hazards
	$(BIN)/python tools/make_room.py $(NAME)

lock:  ## renew requirements.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate --group dev --extra dask --extra pdf --output-file requirements.lock pyproject.toml tools/build-requirements.in

clean:
	rm -rf $(VENV) demo-result .pytest_cache .mypy_cache .ruff_cache
