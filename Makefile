# What contributors run; `make` alone lists it. See CONTRIBUTING.md.
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help setup check test slow coverage generate snapshots bench

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## make the virtual environment, with all that the tests need
	python3 -m venv $(VENV)
	$(BIN)/pip install -q -e '.[test]'

check: ## linter, formatter, type checker, generated files
	$(BIN)/python -m scripts.check

test: ## most tests, in a few minutes
	$(BIN)/pytest -n auto

slow: ## all tests
	$(BIN)/pytest -n auto --slow

coverage: ## most tests, and which lines they never ran
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered

generate: ## write what is made from other parts of the project
	$(BIN)/python -m scripts.generate

snapshots: ## write the expected output of tests anew; read the diff
	$(BIN)/pytest -n auto --update-snapshots

bench: ## all benchmarks, which takes about half an hour
	$(BIN)/python -m benchmarks
