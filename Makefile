# What one does with this project; each recipe is the documentation of its task. Needs Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold/dev
SAMPLES := run/samples.db
# Compiled modules are kept even where the environment forbids it: a command then starts in half of the time.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run desk test check docs messages score floors coverage bench compiled assets screenshots wheel clean help

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.synced  ## read samples/ into a new register and print what is in it
	@rm -rf run && mkdir -p run
	$(BIN)/servanda --register $(SAMPLES) read samples
	@$(BIN)/servanda --register $(SAMPLES) summary
	@printf '\nThis register is %s, and servanda is %s. Your own documents go into servanda.db here,\nor where --register or SERVANDA_REGISTER says.\n' $(SAMPLES) $(BIN)/servanda

desk: $(VENV)/.synced  ## the desk in a browser over REGISTER=file, else over samples/
	@if [ -z "$(REGISTER)" ] && [ ! -e $(SAMPLES) ]; then $(MAKE) --no-print-directory run; fi
	$(BIN)/servanda --register $(or $(REGISTER),$(SAMPLES)) serve

test: $(VENV)/.synced  ## all tests
	$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/.synced  ## form, types, import contracts, and that the generated pages of docs/ are up to date
	$(BIN)/ruff format --check src tests docs tools
	$(BIN)/ruff check src tests docs tools
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/servanda lexicon validate
	$(BIN)/python docs/generate.py --check

docs: $(VENV)/.synced  ## write the generated pages: commands, vocabulary, the reading's JSON Schema
	$(BIN)/python docs/generate.py

messages: $(VENV)/.synced  ## gather the desk's messages into its catalogues, and say what lacks a translation
	$(BIN)/python tools/messages.py
	@$(BIN)/python tools/messages.py --check

score: $(VENV)/.synced  ## the reader's figures on gold readings (GOLD=folder)
	@if [ -d $(GOLD) ]; then $(BIN)/servanda evaluate $(GOLD); else echo "no gold readings at $(GOLD): nothing to score"; fi

floors: $(VENV)/.synced  ## raise the pinned figures to what is measured now; FORCE=1 also lowers them
	$(BIN)/python tests/floors.py $(GOLD) $(if $(FORCE),--force)

coverage: $(VENV)/.synced  ## what the lexicon does not know yet of FILES="a.jsonl.gz b/"
	$(BIN)/servanda lexicon coverage $(FILES)

bench: $(VENV)/.synced  ## what Servanda costs, as a table (ROWS="some of bench/rows"; PURE=1: not compiled; SMOKE=1: only that it can be measured)
	$(BIN)/python bench/table.py $(if $(SMOKE),--smoke) $(if $(PURE),--pure) $(ROWS)

compiled: $(VENV)/.synced  ## the package with its reader compiled by mypyc, in build/compiled (needs a C compiler)
	$(BIN)/python tools/compiled.py

assets: $(VENV)/.synced  ## what the desk runs in a browser, bundled from npm's packages and our sources
	$(BIN)/python tools/assets.py

screenshots: $(VENV)/.synced  ## every kind of page at two widths, light and dark, into run/screenshots/ (REGISTER=file, else samples/)
	@if [ -z "$(REGISTER)" ]; then $(MAKE) --no-print-directory run; fi
	$(BIN)/servanda --register $(or $(REGISTER),$(SAMPLES)) assemble
	$(BIN)/python tools/screenshots.py $(or $(REGISTER),$(SAMPLES)) run/screenshots

wheel: $(VENV)/.synced  ## the package as it is published, into dist/
	$(BIN)/uv build --wheel --quiet

clean:  ## everything that was made here
	rm -rf $(VENV) run dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The environment, exactly as uv.lock says; made again when that changes, or what the desk runs in a browser.
$(VENV)/.synced: pyproject.toml uv.lock $(wildcard $(addprefix src/servanda/desk/assets/,*.* src/*.js src/lib/*.js))
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) UV_PROJECT_ENVIRONMENT=$(CURDIR)/$(VENV) $(BIN)/uv sync --locked --quiet
	@touch $@
