# One command makes the environment; every other target makes it first if it is missing or out of date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
COMPILED := $(VENV)/.compiled
SITE := $(VENV)/.site

.DEFAULT_GOAL := help
.PHONY: help setup demo app test soak matrix chromium lint docs calibration site bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(COMPILED) ## make the environment in .venv (Python 3.11 or later; PYTHON=... to choose one)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(COMPILED): $(STAMP)
	@echo "Compiling the model, once (about a minute)."
	@$(BIN)/python -m experiments.compiled_beforehand
	@touch $@

demo: $(COMPILED) ## see a directive meet the agencies, in the terminal
	$(BIN)/discretion demo

app: $(COMPILED) ## open the app in the browser: live runs, twin worlds, demonstrations for a class
	$(BIN)/discretion app --open

test: lint chromium $(COMPILED) ## run every check: lint, types, tests and doctests (make -j2: lint while it compiles)
	$(BIN)/pytest -n 2 --no-loadscope-reorder --durations=10

soak: $(COMPILED) ## a million decisions compiled and interpreted, 100,000 hostile files, 1,000 kills, odd places, 50 visitors
	$(BIN)/python -m tests.soak
	$(BIN)/python -m tests.campaign

matrix: $(STAMP) ## try the wheel on each Python found, with the newest and the oldest dependencies it allows
	$(BIN)/python -m tests.matrix

# From the system's packages, where that can be done; without it the tests of the app in a browser are skipped.
chromium:
	@command -v chromium >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 \
	  || echo "No Chromium here: the tests of the app in a browser will be skipped (apt-get install chromium)."

lint: $(STAMP) ## check style, types and layers only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

docs: $(COMPILED) ## regenerate the tables, outputs and picture of the documentation
	$(BIN)/python -m docs.precompute
	$(BIN)/python -m docs.make
	$(BIN)/discretion demo
	cp results/demo/headline.svg docs/images/headline.svg

calibration: $(COMPILED) ## draw the banks again and fit; results and pictures where the documentation has them
	@set -e; for name in border daca review; do \
	  $(BIN)/discretion calibrate $$name; \
	  $(BIN)/discretion calibrate $$name --recover; \
	  cp results/recover-$$name/calibration.json docs/calibration/recover-$$name.json; \
	  cp results/calibrate-$$name/calibration.json results/calibrate-$$name/posterior.csv \
	    model/worlds/immigration/posteriors/$$name/; \
	  cp results/calibrate-$$name/ranks.svg docs/images/ranks-$$name.svg; \
	done

$(SITE): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[site]'
	@touch $@

site: $(SITE) ## build the documentation as a web site in site/, which needs no internet
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open site/index.html."

bench: $(COMPILED) ## measure speed
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.app
	$(BIN)/python -m benchmarks.classroom

clean: ## remove the environment, caches and builds; results are kept
	rm -rf $(VENV) build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
