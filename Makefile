# On a fresh Debian 12 with python3, python3-venv and make, each of these works by itself.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
PIP := $(BIN)/pip --disable-pip-version-check --quiet
INPUTS := pyproject.toml requirements.lock package-lock.json hatch_build.py
DJANGO := DJANGO_SETTINGS_MODULE=motcua.settings $(BIN)/django-admin
# A place of its own for checks that only need settings to be complete.
DEPLOYED := MOTCUA_HOME=.venv/check-home MOTCUA_HOSTS=motcua.example

.PHONY: help demo test check fix bench soak setup browser lock clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: .venv/.ready  ## load five years of a district and serve them; LIVE=1: and it goes on
	$(BIN)/motcua demo --port $(PORT) $(if $(LIVE),--live)

test: .venv/.ready-to-test browser  ## all tests: SQLite with browser, then PostgreSQL
	$(BIN)/pytest -n 2 --dist worksteal
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n 2 --dist worksteal -m "database and not browser"

check: .venv/.ready-to-test  ## look at everything, change nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src/motcua
	$(BIN)/bandit --quiet --severity-level high --recursive src
	$(DEPLOYED) $(DJANGO) check --deploy --fail-level WARNING
	$(DEPLOYED) $(DJANGO) makemigrations --check --dry-run
	$(BIN)/pytest tests/architecture

fix: .venv/.ready-to-test  ## put right what a program can put right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.architecture.reference

bench: .venv/.ready-to-bench  ## measure, and say what is missed
	$(BIN)/python -m bench

soak: .venv/.ready-to-test browser  ## kill it many times, ask the clock 100,000 questions, check 10,000 proofs, random tests at their whole size
	$(BIN)/python -m tests.soak.kills --kills 200
	$(BIN)/python -m tests.soak.import_kills --kills 20
	$(BIN)/python -m tests.soak.clocks --cases 100000
	$(BIN)/python -m tests.soak.proofs --proofs 10000
	$(BIN)/python -m tests.soak.change_kills --kills 100
	$(BIN)/python -m tests.soak.demo_kills --kills 60
	$(BIN)/python -m tests.soak.wall_kills --kills 100 --start-limit 5
	MOTCUA_TESTS=whole $(BIN)/pytest -n 2 --dist worksteal -m soaks

setup: .venv/.ready-to-test  ## the environment for all of the above

# The program alone: what `make demo` waits for.
.venv/.ready: $(INPUTS)
	$(PYTHON) -m venv .venv
	$(PIP) install --constraint requirements.lock --editable .
	touch $@

.venv/.ready-to-test: .venv/.ready
	$(PIP) install --constraint requirements.lock --editable '.[test,check]'
	touch $@

.venv/.ready-to-bench: .venv/.ready-to-test
	$(PIP) install --constraint requirements.lock --editable '.[test,check,bench]'
	touch $@

browser:
	@command -v chromium >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ]; then root=; \
	  elif sudo -n true 2>/dev/null; then root=sudo; \
	  else echo "Browser tests need Chromium. Type: sudo apt-get install chromium"; exit 1; fi; \
	  $$root apt-get update -qq && \
	  $$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >/dev/null; }

# Versions as of today, for everybody alike.
lock:
	rm -rf .venv/lock && $(PYTHON) -m venv .venv/lock
	.venv/lock/bin/pip --disable-pip-version-check --quiet install '.[test,check,bench]'
	.venv/lock/bin/pip --disable-pip-version-check freeze --exclude motcua > requirements.lock
	rm -rf .venv/lock

clean:  ## throw away everything that can be made again; data stays
	rm -rf .venv src/motcua/static_collected src/motcua/ui/static/vendor node_modules
