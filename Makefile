# Everything a person types here. It needs Python 3.11 or newer, make, and once a network for the packages.

PYTHON  ?= python3
ARGS    ?=
SEEDS   ?= 500
KILLS   ?= 200
UPGRADE ?=

BIN     := .venv/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCK    := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --extra postgresql --group build
# Neighbours stay together until a worker has nothing left to do: what a file or a session needs is made once for most.
SPREAD  := --numprocesses auto --maxprocesses 8 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run test check fix simulate kills bench lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: .venv/.for-running ## start the bot (without a token: the console); ARGS="--help" and the like go to it
	@$(BIN)/bot run $(ARGS)

test: .venv/.for-developing ## the whole test suite, on all cores; ARGS="-n0 tests/test_settings.py -k key" and the like go to pytest
	@$(BIN)/pytest $(SPREAD) $(ARGS)

check: .venv/.for-developing ## format, lint, types, import stairs, data and phrases, papers
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy --strict bot tests
	$(BIN)/lint-imports --no-logo
	$(BIN)/bot check
	$(BIN)/pytest tests/test_papers.py

fix: .venv/.for-developing ## format, and repair what ruff can repair
	$(BIN)/ruff check --fix --quiet || true
	$(BIN)/ruff format

simulate: .venv/.for-developing ## the simulation with SEEDS=500 seeds
	$(BIN)/bot simulate --seeds $(SEEDS) $(ARGS)

kills: .venv/.for-developing ## kill the console, the bot on Discord and, in each mode, on Telegram KILLS=200 times at random under load
	BOT_TEST_KILLS=$(KILLS) $(BIN)/pytest tests/test_kills.py tests/test_kills_telegram.py tests/test_kills_discord.py -rP $(ARGS)

bench: .venv/.for-developing ## processor time per 1,000 updates on Telegram, beside what others write; ARGS="--profile" says where it goes
	$(BIN)/python -m tests.bench.telegram $(ARGS)

lock: .venv/.for-developing ## lock the dependencies anew after a change; UPGRADE=--upgrade takes the newest ones
	$(LOCK) $(UPGRADE) pyproject.toml --output-file requirements.txt
	$(LOCK) $(UPGRADE) --group dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt

clean: ## remove the environment and what tools left behind; the bot's state and .env stay
	rm -rf .venv .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find bot tests -name __pycache__ -prune -exec rm -rf {} +

# A stamp is made last, so that what was broken off begins anew.

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed: name yours, for example make PYTHON=python3.12"; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { \
		echo "$(PYTHON) cannot make an environment: on Debian, install the package python3-venv"; exit 1; }
	@touch $@

.venv/.for-running: .venv/.made requirements.txt pyproject.toml
	@echo "Installing the packages into .venv; this happens once."
	@$(INSTALL) --require-hashes --requirement requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.for-developing: .venv/.for-running requirements-dev.txt
	@echo "Installing the tools for development into .venv; this happens once."
	@$(INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@
