# Two commands do everything: `make demo` and `make test`. uv is used where it is installed, else venv and pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check bench docs lock clean

demo: $(STAMP)
	$(BIN)/dragoman demo

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/python benchmarks/shape.py src/dragoman
	$(BIN)/dragoman codebook check

bench: $(STAMP)
	$(BIN)/python benchmarks/quality/gate.py --full

docs: $(STAMP)
	$(BIN)/python benchmarks/docs.py
	$(BIN)/mkdocs build --strict --quiet

$(STAMP): pyproject.toml requirements.lock
	@sh scripts/install.sh $(PYTHON) $(VENV)
	@touch $@

lock:
	sh scripts/lock.sh

clean:
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache demo-ledger demo.html
