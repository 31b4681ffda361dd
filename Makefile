# Everything runs from a virtual environment that these targets make themselves: only Python and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help serve test lint audit format eval quality bench load screenshots lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.runtime: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Clausula needs Python 3.11 or newer; say PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade 'pip>=25.1'
	$(PIP) install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(PIP) install --quiet --constraint constraints.txt --group dev
	touch $@

serve: $(VENV)/.runtime ## index corpus/ if there is no index yet, and serve on http://127.0.0.1:8000
	$(BIN)/clausula serve

test: $(VENV)/.dev ## run all tests
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## check format, style, security and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

audit: $(VENV)/.dev ## check pins, what is installed, and known vulnerabilities (where a service of them can be reached)
	$(BIN)/python -m bench.audit

format: $(VENV)/.dev ## format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(VENV)/.dev ## measure reading on the official resolutions (OPTIONS="--sample 20", OPTIONS=--all)
	$(BIN)/python -m bench.eval $(OPTIONS)

$(VENV)/.bench: $(VENV)/.dev
	$(PIP) install --quiet --constraint constraints.txt --editable .[bench]
	touch $@

bench: $(VENV)/.bench ## measure speed against Whoosh, SQLite FTS5 and tantivy (OPTIONS="--lang ru,en …")
	$(BIN)/python -m bench.speed $(OPTIONS)

load: $(VENV)/.dev ## measure the service under load (INDEX=folder, OPTIONS="--overload", "--soak 10 --swaps 5" …)
	$(BIN)/python -m bench.load --index $(or $(INDEX),$(CLAUSULA_INDEX),var/index) $(OPTIONS)

quality: $(VENV)/.dev ## print how well searches answer; INDEX=folder of sessions 75–79 (several joined by colons)
	CLAUSULA_QUALITY_INDEX=$(or $(INDEX),$(CLAUSULA_QUALITY_INDEX),var/index) $(BIN)/python -m bench.quality

screenshots: $(VENV)/.dev ## take pictures of every page (OPTIONS="--index FOLDER --out FOLDER"); needs Chromium
	$(BIN)/python -m bench.screenshots $(OPTIONS)

lock: $(VENV)/.dev ## pin every dependency anew in constraints.txt
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url --all-extras --group dev pyproject.toml -o constraints.txt --upgrade

clean: ## remove the environment, the index and every cache
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
