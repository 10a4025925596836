# The two commands of the README are `make run` and `make test`; everything else serves them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Test files run side by side; most of them wait for a server, a browser or a clock.
WORKERS ?= 2
READY := $(VENV)/.ready

.PHONY: run test test-fast check mutants setup docs lock clean

run: $(READY)
	@$(BIN)/tightlog dashboard --fresh

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

test-fast: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow"

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Each constant that guards a truth rule, changed by a tenth, must turn a test red.
mutants: $(READY)
	@$(BIN)/python -m tests.mutants --workers $(WORKERS)

setup: $(READY)

# docs/sql.md from the comments of the relations and the example questions.
docs: $(READY)
	@$(BIN)/python -m tightlog.dictionary docs/sql.md

# One lock for both installers: uv where it is installed, else venv and pip.
$(READY): requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
		test -x $(BIN)/python || uv venv --quiet --python "$(PYTHON)" $(VENV) && \
		uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
		test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) && \
		{ $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; } && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(READY)

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --no-header --no-annotate --no-emit-index-url --generate-hashes -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist
