# Targets for contributors; `make` lists them. See CONTRIBUTING.md.
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help setup check test slow coverage generate snapshots docs bench

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## create the virtual environment, with all test dependencies
	python3 -m venv $(VENV)
	$(BIN)/pip install -q -e '.[test]'

check: ## linter, formatter, type checker, generated files
	$(BIN)/python -m scripts.check

test: ## most tests, in a few minutes
	$(BIN)/pytest -n auto

slow: ## all tests
	$(BIN)/pytest -n auto --slow

coverage: ## most tests, and the lines that they do not run
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered

generate: ## update the generated files
	$(BIN)/python -m scripts.generate

snapshots: ## update the expected output of tests; read the diff
	$(BIN)/pytest -n auto --update-snapshots

docs: ## build the documentation site into `site/`
	$(BIN)/python -m scripts.site

bench: ## all benchmarks, which takes about half an hour
	$(BIN)/python -m benchmarks
