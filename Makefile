# Fabula: what one does with it, one line each. Only Python 3.11 or later and make are needed.

PYTHON ?= $(if $(filter Windows_NT,$(OS)),python,python3)
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(VENV)/.fabula
DEV := $(VENV)/.fabula-dev
EXAMPLE := src/fabula/examples/the_heavy_pound.txt

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench docs

help:  ## show these lines
	@$(PYTHON) -c "import re; [print(f'make {n:<6} {w}') for n, w in re.findall(r'(?m)^(\w+):.*?## (.*)', open('Makefile', encoding='utf-8').read())]"

demo: $(RUN)  ## set up, read the story that ships with Fabula, and print its world
	"$(BIN)/fabula" read $(EXAMPLE)

test: lint  ## set up, then check style, types and contracts, and run every test
	"$(BIN)/python" -m pytest

lint: $(DEV)  ## check style, types and the contracts between the rooms of the house
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports"

bench: $(DEV)  ## measure Fabula on the corpora, hold it to its floors, and write benchmarks/RESULTS.md
	"$(BIN)/python" -m benchmarks run
	"$(BIN)/python" -m benchmarks run stories
	"$(BIN)/python" -m benchmarks run cases
	"$(BIN)/python" -m benchmarks run m6
	"$(BIN)/python" -m benchmarks run wordings m8 m9 m11
	"$(BIN)/python" -m benchmarks report
	for what in pdnc stories cases pack wordings m8 order m11; do "$(BIN)/python" -m benchmarks gate $$what || exit 1; done

docs: $(DEV)  ## write again what the documentation shows of the commands and their answers
	"$(BIN)/python" docs/build.py

# The stamps: set-up runs once, and again when pyproject.toml changes.
$(VENV)/pyvenv.cfg:
	$(PYTHON) -c "import sys; v = sys.version_info; sys.exit(None if v >= (3, 11) else f'Fabula needs Python 3.11 or later; this is {v[0]}.{v[1]}. Say make PYTHON=python3.12, or whichever you have.')"
	$(PYTHON) -m venv $(VENV)
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"

$(RUN): pyproject.toml | $(VENV)/pyvenv.cfg
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --editable .
	@"$(BIN)/python" -c "import pathlib; pathlib.Path('$@').touch()"

$(DEV): pyproject.toml | $(VENV)/pyvenv.cfg
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@"$(BIN)/python" -c "import pathlib; [pathlib.Path(p).touch() for p in ('$(RUN)', '$@')]"
