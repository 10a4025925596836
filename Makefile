# The two commands of the README are `make run` and `make test`; everything else serves them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Test files run side by side; most of them wait for a server, a browser or a clock.
WORKERS ?= 4
# Tests start the command many times: without compiled modules each start compiles all of them.
export PYTHONDONTWRITEBYTECODE =
# A file is one worker's, for its tests share what they make; tests/conftest.py says which is first.
SIDE_BY_SIDE = -n $(WORKERS) --dist loadfile --no-loadscope-reorder
READY := $(VENV)/.ready

.PHONY: run test test-fast check mutants measure setup docs language lock clean

run: $(READY)
	@$(BIN)/tightlog dashboard --fresh$(if $(PORT), --port $(PORT))

test: $(READY)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not measure"

test-fast: $(READY)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not slow and not measure"

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar src/tightlog/warehouse/sql

# Each constant that guards a truth rule, changed by a tenth, must turn a test red.
mutants: $(READY)
	@$(BIN)/python -m tests.mutants --workers $(WORKERS)

# What is claimed in docs, measured again in full: by hand, it takes hours.
measure: $(READY)
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m measure
	@$(BIN)/python -m benchmarks.alarms
	@$(BIN)/python -m benchmarks.attacks
	@$(BIN)/python -m tests.mutants --workers $(WORKERS)
	@$(BIN)/python -m benchmarks.calibration --write docs/calibration.md

setup: $(READY)

# docs/sql.md from the comments of the relations and the example questions.
docs: $(READY)
	@$(BIN)/python -m tightlog.answers.dictionary docs/sql.md

# The sentences of the program into the catalogues, and these compiled.
language: $(READY)
	@$(BIN)/python -m tests.language.renewal

# One lock for both installers: uv where it is installed, else venv and pip. A package that comes as
# source is built with the tools of build.lock: an installer that fetched them itself checks no hash.
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),uv pip install --quiet --python $(BIN)/python,\
	$(BIN)/python -m pip install --quiet --disable-pip-version-check)

$(READY): requirements.lock build.lock pyproject.toml
	@echo "Setting up tightlog in $(VENV), once. With $(if $(UV),uv it takes up to a minute,pip it takes one or two minutes); longer on a slow line."
	@echo "1 of 3  Python environment"
	@test -x $(BIN)/python || $(if $(UV),uv venv --quiet --python "$(PYTHON)",$(PYTHON) -m venv) $(VENV)
	@$(if $(UV),true,$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null)
	@echo "2 of 3  $$(grep -c '==' requirements.lock) packages (1.4 GB on disk), each checked against its hash: the long part"
	@{ $(INSTALL) --require-hashes -r build.lock && \
		$(INSTALL) --require-hashes --no-build-isolation -r requirements.lock ; } || { echo \
		"Setup stopped: the lines above say why. A hash that does not match means that a package is not the one" \
		"tightlog was tested with; it was not installed." >&2; exit 1; }
	@echo "3 of 3  tightlog itself"
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(READY)
	@echo "Ready."

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --no-header --no-annotate --no-emit-index-url --generate-hashes -o requirements.lock
	printf 'setuptools\nwheel\n' | uv pip compile - -c requirements.lock --universal --python-version 3.11 --upgrade --no-header --no-annotate --no-emit-index-url --generate-hashes -o build.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist
