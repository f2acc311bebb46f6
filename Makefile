# The few words that a contributor needs. Each makes its own environment in .venv; Python 3.11 or later is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
STAMP := $(VENV)/.installed
BROWSER := $(VENV)/.installed-browser
CLUSTER := $(VENV)/.installed-cluster
LEARNER := $(VENV)/.installed-train

.PHONY: run test test-all lint format gate bench train clusters docs web web-check screenshots clean

run: $(STAMP)  ## code the example reports into an archive and open its pages; Ctrl-C ends
	@mkdir -p $(OUT)
	$(BIN)/musnad add examples --archive $(OUT)/examples.db
	$(BIN)/musnad status --archive $(OUT)/examples.db
	$(BIN)/musnad serve --archive $(OUT)/examples.db --open

test: $(STAMP)  ## all tests that run anywhere; names what was left out
	$(BIN)/pytest -m "not shared and not browser and not postgres and not cluster and not slow"

test-all: $(BROWSER) $(CLUSTER)  ## all tests, with a browser, Spark and the reports in ../shared; a skip is a failure
	MUSNAD_NO_SKIPS=1 $(BIN)/pytest

lint: $(STAMP)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)  ## put the code into the common style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

gate: $(STAMP)  ## agreement with gold records must not fall below tests/gate_floors.toml
	$(BIN)/python tools/gate.py

bench: $(STAMP)  ## reports a second, memory and start-up, beside a bare pass and rivals over the same text
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	$(BIN)/python benchmarks/bench.py -n $(or $(N),600)

train: $(LEARNER)  ## learn the coder's weights anew from ../shared/gold/train.*, ../shared/corpus and tools/labels (minutes)
	$(BIN)/python tools/train.py

clusters: $(LEARNER)  ## count anew which words are used alike, from ../shared/corpus
	$(BIN)/python tools/cluster.py

docs: $(STAMP)  ## write docs/COMMANDS.md, docs/EXPORTS.md and the look in README.md anew from the commands
	$(BIN)/python tools/command_docs.py
	$(BIN)/python tools/export_docs.py
	$(BIN)/python tools/readme_look.py

web:  ## build the bundled fonts and map data of the pages anew (Node; users need none)
	npm ci --prefix web/frontend --no-audit --no-fund
	node web/frontend/build.mjs

web-check:  ## fail when the bundled files are not what their sources give
	npm ci --prefix web/frontend --no-audit --no-fund
	rm -rf $(OUT)/web && mkdir -p $(OUT)/web
	node web/frontend/build.mjs $(OUT)/web
	cd $(OUT)/web && find . -type f | sort | while read -r f; do cmp "$$f" $(CURDIR)/src/musnad/web/static/"$$f" || exit 1; done

screenshots: $(BROWSER)  ## pictures of every page, in both languages and two sizes
	$(BIN)/python tools/screenshots.py $(OUT)/screenshots

clean:  ## remove what the words above made
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

$(BROWSER): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,browser]'
	touch $(BROWSER)

$(CLUSTER): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,cluster]'
	touch $(CLUSTER)

$(LEARNER): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,train]'
	touch $(LEARNER)
