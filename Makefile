# The museum's commands. `make` alone lists them.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-images bench-search conformance demo lock vendor services

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: ## set up what is missing, then start the museum (PORT=8000, MUSEUM_VAR=./var)
	@$(PYTHON) bin/run

test: ## every test, on what this machine has; ARGS="tests/iiif -k canvas" narrows it down
	@$(PYTHON) bin/test $(ARGS)

check: ## style, types, layers, templates, migrations, production settings
	@$(PYTHON) bin/check

bench: ## the figures of docs/benchmarks.md; ARGS="name …" for some of them
	@$(PYTHON) bin/bench all $(ARGS)

bench-images: ## image service: tiles, regions, ingest
	@$(PYTHON) bin/bench images $(ARGS)

bench-search: ## search: indexing, queries, quality
	@$(PYTHON) bin/bench search $(ARGS)

conformance: ## judges from outside: IIIF validators and viewers, OAI-PMH, LIDO
	@$(PYTHON) bin/test -m conformance --override-ini=addopts="-q --strict-markers --import-mode=importlib" $(ARGS)

demo: ## the demo museum with N=100000 synthetic records more
	@$(PYTHON) bin/run --demo $(or $(N),0)

lock: ## make requirements*.txt and package-lock.json anew
	@$(PYTHON) bin/lock $(ARGS)

services: ## start real PostgreSQL, Elasticsearch and S3 for tests; ARGS=stop ends them
	@$(PYTHON) bin/services $(or $(ARGS),start)
