# Two commands: `make demo` runs a real centre, `make test` runs the tests.
# Both make .venv where it is missing and install what they need into it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint docs pages clean

demo: $(VENV)/.installed
	$(BIN)/ccsim demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy ccsim

# The site, in build/docs; a warning is an error. Notebooks are shown with what they keep: nothing is run.
docs: $(VENV)/.installed-docs
	$(BIN)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going --jobs auto --conf-dir docs . build/docs

# The pages that are written from the code.
pages: $(VENV)/.installed-dev
	for page in cli scenario api predictions json; do $(BIN)/python docs/make_$${page}_page.py; done
	$(BIN)/python -m ccsim.results.glossary > docs/measures.md

clean:
	rm -rf $(VENV) build dist runs

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,fast]'
	touch $@ $(VENV)/.installed

$(VENV)/.installed-docs: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	touch $@
