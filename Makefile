# Everything a person or a machine does with this repository. `make` alone lists the words.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python on PATH that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PY := .venv/bin/python
INSTALL := .venv/bin/uv pip install --quiet --python $(PY) --require-hashes --compile-bytecode

# Node comes from PATH, or from a Python package that puts it into .venv/bin.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := $(CURDIR)

JS_TESTS := node scripts/test_js.js
PYTEST := $(PY) -m pytest -q -n 2 --dist worksteal --ignore=tests/soak --ignore=tests/bench

.PHONY: help setup run test check format schema bench prove soak lock clean system

help: ## List these words
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/dev.stamp node_modules/.dev.stamp static/vendor/importmap.json ## Install all that running, checking and testing need

run: .venv/run.stamp node_modules/.run.stamp static/vendor/importmap.json ## Set up what is missing, then serve on 127.0.0.1:8000
	@exec $(PY) -m app run

test: setup system ## Run every test (about half an hour on 2 cores)
	$(JS_TESTS)
	$(PYTEST)

check: setup ## Format, lint, types, import contracts, types of the JavaScript
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	node_modules/.bin/tsc -p .
	node_modules/.bin/biome ci --colors=off

format: setup ## Put every file in the house's format
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .
	node_modules/.bin/biome check --write

schema: setup ## Write again what scripts, colours and the protocol page take from the types of boards
	$(PY) -m scripts.schema

bench: setup ## Measure the product beside a bare relay (reports, asserts nothing)
	$(PY) -m tests.bench

soak: setup system ## A tenth of the long runs
	$(PY) -m tests.soak --short

prove: setup system ## The long runs, with a table of figures at the end (some hours)
	$(PY) -m tests.soak

lock: .venv/boot.stamp .venv/node.stamp ## Lock the packages again, with hashes and without addresses
	scripts/lock.sh

clean: ## Remove all that set-up made (never var/, where the data lies)
	rm -rf .venv node_modules static/vendor static/vendor.new
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache mutants

system:
	@scripts/system.sh

# The stamps: each is as old as the lock file it stands for.

.venv/boot.stamp: requirements/bootstrap.txt
	@test -n "$(PYTHON)" || { echo "Throughline needs Python 3.11 or newer with its venv module; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/run.stamp: requirements/run.txt .venv/boot.stamp
	@echo "Installing the Python packages that running needs"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/boot.stamp
	@echo "Installing the Python packages"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@ .venv/run.stamp

.venv/node.stamp: requirements/node.txt .venv/boot.stamp
	@if ! scripts/node_is_here.sh; then echo "Installing Node"; $(INSTALL) -r requirements/node.txt; fi
	@touch $@

node_modules/.run.stamp: package-lock.json package.json .venv/node.stamp
	@echo "Fetching the browser libraries"
	@npm ci --omit=dev --silent
	@touch $@

node_modules/.dev.stamp: package-lock.json package.json .venv/node.stamp
	@echo "Fetching the browser libraries and the tools for JavaScript"
	@npm ci --silent
	@touch $@ node_modules/.run.stamp

# Order-only: a fresh npm ci of the same lock file gives the same libraries.
static/vendor/importmap.json: scripts/vendor.py package-lock.json $(shell find static/js -name '*.js') | .venv/boot.stamp node_modules/.run.stamp
	@$(PY) scripts/vendor.py
	@touch $@
