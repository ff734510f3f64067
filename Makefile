# The two commands: `make run` serves the demo, `make test` runs everything. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
DEMO ?= var/demo

# What needs a browser, a database server or a wheel runs by itself, the longest files not last.
SLOW := browser or postgresql or packaging
SIDE_BY_SIDE := -n 2 --dist loadfile
# Both parts of the suite write down which rows of the published policies they covered.
ROWS := .pytest_cache/seed-rows

# Tests start Python many times, and each time it would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
# They write many small databases, each to the disk for good: memory that holds files is quicker.
QUICKLY := $(shell df -Pk /dev/shm 2>/dev/null | awk '$$6 == "/dev/shm" && $$4 > 1000000 {print "TMPDIR=/dev/shm"}')

.DEFAULT_GOAL := help
.PHONY: help run test quick check fix bench bench-scope vendor wheel lock system clean

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: .venv/.run ## set everything up and serve the demo on 127.0.0.1:8000
	$(BIN)/portico demo --dir $(DEMO) --port $(PORT)

test: .venv/.dev node_modules/.ready system ## the whole suite: Chromium, PostgreSQL and age included
	rm -f $(ROWS)
	$(QUICKLY) $(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not ($(SLOW))" --rows=$(ROWS)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) --no-loadscope-reorder -m "$(SLOW)" --rows=$(ROWS) --all-rows

quick: .venv/.dev node_modules/.ready ## the fast part: no browser, no PostgreSQL, not the last doubt
	$(QUICKLY) $(BIN)/python -m pytest -q $(SIDE_BY_SIDE) -m "not ($(SLOW) or thorough)"

check: .venv/.dev node_modules/.ready ## format, lint, types, import contracts, bundle hash; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	node_modules/.bin/tsc -p tsconfig.json
	node static/vendor/build.mjs --check

fix: .venv/.dev ## tidy what a machine can tidy, and write what is made from the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/portico policy schema > policies/schema.json
	$(BIN)/portico policy schema --page > docs/policy.md

bench: .venv/.dev ## measure; never decides pass or fail
	$(BIN)/python -m benchmarks

# PORTICO_REAL_SCOPES names a folder of real scope lists, PORTICO_PEERS folders with tools that are
# not on PATH; ARGS="--sets a b --lines 100000" shortens it.
bench-scope: .venv/.dev ## measure the scope filter next to every other tool on this machine
	$(BIN)/python -m benchmarks.filtering $(ARGS)

vendor: node_modules/.ready ## rebuild the browser's sealing bundle and its hash
	node static/vendor/build.mjs

wheel: .venv/.dev ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

lock: .venv/.dev ## pin the Python dependencies anew, with hashes
	$(BIN)/python -m uv --version >/dev/null 2>&1 || $(BIN)/pip install -q uv
	for name in run dev; do $(BIN)/uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 \
	  --no-header requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove what was set up here; keeps var/
	rm -rf .venv node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# --- setting up -------------------------------------------------------------------------------

# Debian packages named after the command they bring. Root installs them; others are told what to type.
INSTALL = \
  if [ -n "$$missing" ]; then \
    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
    else echo "Missing: $$missing. Type: sudo apt-get install$$missing"; exit 1; fi; \
  fi

system:
	@missing=""; for name in chromium age curl mat2; do command -v $$name >/dev/null || missing="$$missing $$name"; done; \
	command -v exiftool >/dev/null || missing="$$missing libimage-exiftool-perl"; \
	command -v gpg >/dev/null || missing="$$missing gnupg"; $(INSTALL)

.venv/bin/python:
	@missing=""; $(PYTHON) -c 'import ensurepip' 2>/dev/null || missing=" python3-venv"; $(INSTALL)
	$(PYTHON) -m venv .venv

# The command `portico` of this checkout, as the installed package would bring it.
.venv/bin/portico: .venv/bin/python Makefile
	@printf '#!/bin/sh\nPYTHONPATH="%s$${PYTHONPATH:+:$$PYTHONPATH}" exec "%s/.venv/bin/python" -m portal "$$@"\n' "$(CURDIR)" "$(CURDIR)" > $@
	@chmod +x $@

.venv/.run: requirements/run.txt .venv/bin/portico
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/bin/portico
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ .venv/.run

node_modules/.ready: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
