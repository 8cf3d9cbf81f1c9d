# `make help` lists what there is. Everything made here lives in .venv/ and var/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/.installed-demo
DEV := .venv/.installed-dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## the monitoring room at http://127.0.0.1:8050 (PORT=... for another), with a simulated city
	@exec $(BIN)/python -m demo up

test: $(DEV) system ## everything CI runs: style, import rules, tests
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

lint: $(DEV) ## style and import rules alone
	$(BIN)/ruff check .
	$(BIN)/lint-imports

screens: $(DEV) system ## take docs/screens/*.png anew
	$(BIN)/python -m tests.screens

bench: $(DEV) ## measure; prints a table and writes docs/bench/
	$(BIN)/python -m tests.bench

clean: ## remove .venv/ and var/, the simulated city included
	@! test -e var/run.lock || $(PYTHON) -c 'import fcntl; fcntl.flock(open("var/run.lock"), fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null \
	  || { echo "error: Ruang Pantau is running from this folder; stop it first" >&2; exit 1; }
	rm -rf .venv var

.PHONY: help run test lint screens bench clean system

# The environment: made once; installed again only when a list of requirements changed.
.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: Python >= 3.11 is needed; this is $$($(PYTHON) --version 2>&1). Name another: make run PYTHON=python3.12" >&2; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing python3-venv ..."; apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends python3-venv >/dev/null; \
	  else \
	    echo "error: this Python cannot make environments; on Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; \
	  fi; \
	fi
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(RUNTIME): .venv/pyvenv.cfg requirements.txt requirements-demo.txt
	@echo "Installing the pinned packages, once ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-demo.txt
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.txt
	@echo "Installing the packages of tests and checks, once ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

system:
	@.ci/packages
