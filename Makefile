# Mainspring: `make demo` runs the main job, `make test` passes the tests; both set up what they need.

PYTHON ?= python3
SERVE ?= 1
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

UI_STAMP := src/mainspring/web/static/index.html
UI_FILES := $(shell find ui/src -type f 2>/dev/null) ui/index.html ui/vite.config.ts ui/package.json

.PHONY: help demo install workbench api test screenshots check format bench bench-safety test-model lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## Set up .venv (does nothing twice)

$(STAMP): pyproject.toml requirements-dev.lock
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; set PYTHON=... if it has another name."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Set PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(STAMP)

workbench: $(UI_STAMP) ## Build the workbench into the package (does nothing twice)

ui/node_modules/.installed: ui/package-lock.json
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is needed to build the workbench."; exit 1; }
	@echo "Installing into ui/node_modules (once) ..."
	@cd ui && npm ci --silent --no-audit --no-fund
	@touch $@

$(UI_STAMP): ui/node_modules/.installed $(UI_FILES)
	@cd ui && npm run --silent build -- --logLevel warn
	@touch $@

api: install ui/node_modules/.installed ## Renew the workbench's client from our OpenAPI document
	@$(BIN)/python -m tools.interface.openapi ui/openapi.json && cd ui && npm run --silent api

demo: install workbench ## Run lead to cash with the demo company, then serve the workbench (SERVE=0 stops after the outcome)
	@$(BIN)/mainspring demo $(if $(filter 0,$(SERVE)),--no-serve)

test: install workbench ## Run all tests
	@cd ui && npm run --silent test
	@$(BIN)/python -m pytest -q -n auto
	@cd ui && npm run --silent browser

screenshots: install workbench ## Make the pictures of the screens for the documentation
	@cd ui && SCREENSHOTS=../docs/images npm run --silent browser -- screens

check: install ui/node_modules/.installed ## Format, lint, types, imports, tidiness
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy src tests bench tools
	@$(BIN)/lint-imports
	@cd ui && npm run --silent types && npm run --silent lint
	@$(BIN)/python -m pytest -q tests/unit/test_tidy.py

format: install ## Put the code into its form
	@$(BIN)/ruff check --quiet --fix-only . ; $(BIN)/ruff format --quiet . ; cd ui && npm run --silent format

bench: install ## Print the tables of figures (reads the shared data beside the project)
	@$(BIN)/python bench/all.py

bench-safety: install ## Replay the attacks of AgentDojo against the gate (installs it apart, once)
	@$(BIN)/python -m bench.safety $(VENV)/agentdojo

test-model: install ## Run the tasks of digital employees against a real model on this machine (installs it apart, once)
	@$(BIN)/python -m tools.local_model pytest -q tests/integration/agents/test_real_model.py

lock: install ## Renew the lock files from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --quiet --upgrade -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --quiet --upgrade -o requirements-dev.lock

clean: ## Remove what was installed and generated
	@rm -rf $(VENV) ui/node_modules src/mainspring/web/static data .pytest_cache .mypy_cache .ruff_cache .hypothesis
