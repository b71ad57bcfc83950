# The only door: `make help` lists what it opens.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
NATIVE := .venv-native

.DEFAULT_GOAL := help
.PHONY: help run test generate check action contract probe bench package deploy lock clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

export PORT BASE_URL API_KEY RATE_LIMIT MAX_EXAMPLES KNOWN REPORTS
export SUBSCRIPTION_ID RESOURCE_GROUP NAME_PREFIX LOCATION FLEX PARAMETERS FROM UNTIL APP VAULT HOST

run: $(VENV)/.run  ## Run the proxy on this machine (PORT=7071; DISCOGS_TOKEN=… for the real Discogs)
	@$(BIN)/python -m sandbox

test: $(VENV)/.dev $(NATIVE)/.done  ## Run all tests
	@$(BIN)/python -m pytest $(ARGS)

generate: $(VENV)/.dev  ## Make generated/ and docs/operations.md from spec/; say what changed for callers
	@$(BIN)/python -m codegen

check: $(VENV)/.dev  ## Check drift, style, types and architecture
	@$(BIN)/python -m codegen --check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

action: $(VENV)/.dev  ## Write the Action spec and the instructions for a GPT (HOST=host.name)
	@$(BIN)/python -m scripts.action

contract: $(VENV)/.dev  ## Fuzz the sandbox, or only read a deployment: BASE_URL=https://… API_KEY=…
	@$(BIN)/python -m scripts.contract $(ARGS)

probe: $(VENV)/.dev  ## Ask the real Discogs a little; print what the description has wrong (ARGS=--lookalike)
	@$(BIN)/python -m scripts.probe $(ARGS)

bench: $(VENV)/.dev  ## Measure, side by side in one run (ARGS="hit memory" for some parts)
	@$(BIN)/python -m bench $(ARGS)

package:  ## Make what is deployed, build/app.zip (TARGET=3.13 for Flex, 3.12 for classic, none)
	@$(PYTHON) -m scripts.package $(if $(TARGET),--target $(TARGET)) $(ARGS)

deploy: $(VENV)/.run  ## Bring it to Azure: SUBSCRIPTION_ID=… RESOURCE_GROUP=… NAME_PREFIX=… LOCATION=… FLEX=true
	@$(BIN)/python -m scripts.deploy

lock: $(VENV)/.dev  ## Renew the pins in requirements*.txt from pyproject.toml
	@$(BIN)/python -m scripts.lock

clean:  ## Remove what the other targets made
	rm -rf build .venv* .hypothesis .schemathesis schemathesis-report
	find . -name '.*_cache' -prune -exec rm -rf {} +

# Two sets of packages: a small one to run the proxy, all of them to work on it.
$(VENV)/.run: requirements-run.txt az-function/requirements.txt pyproject.toml
	@$(PYTHON) -m scripts.environment --stamp $@ $(VENV) requirements-run.txt

$(VENV)/.dev: requirements-dev.txt az-function/requirements.txt pyproject.toml
	@$(PYTHON) -m scripts.environment --stamp $@ $(VENV) requirements-dev.txt
	@touch $(VENV)/.run

# Azure runs Python 3.13 with its own worker library; where a 3.13 is found, the tests use that too.
$(NATIVE)/.done: requirements-run.txt pyproject.toml
	@$(PYTHON) -m scripts.environment --native --stamp $@ $(NATIVE) requirements-run.txt
