# Everything here runs from a fresh clone with nothing but Python 3.11 or newer, and make.

# The first of these that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; exit; }; done; echo python3)

INSTALL = $(PYTHON) -m config.install
LOCAL = .venv/bin/python -m config.local
COMPILE = .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock"

.PHONY: help run test check bench manage basemap lock clean

help:
	@echo "make run               serve the site on this machine, with an example district"
	@echo "make run PORT=8123     the same, elsewhere than on port 8000"
	@echo "make test              the checks, then every test"
	@echo "make test ARGS=tests/assets    these tests only, without the checks"
	@echo "make check             style and types only"
	@echo "make bench             measure the search on a generated district"
	@echo "make manage ARGS=shell         Django's commands, on the database of make run"
	@echo "make basemap           draw the base map anew, after a change of assets/basemap/lines.toml"
	@echo "make lock              rewrite the lock files (ARGS=--upgrade: newest versions)"
	@echo "make clean             remove what all of these made, the database of make run too"
	@echo
	@echo "Each uses the PostgreSQL that DATABASE_URL names, or without it a private one."

run:
	@$(INSTALL) $(if $(DATABASE_URL),requirements.txt,requirements-local.txt)
	@$(LOCAL) run

test:
	@$(INSTALL) requirements-dev.txt
	@$(LOCAL) test $(ARGS)

check:
	@$(INSTALL) requirements-dev.txt
	@$(LOCAL) check

bench:
	@$(INSTALL) requirements-local.txt
	@$(LOCAL) bench $(ARGS)

manage:
	@$(INSTALL) $(if $(DATABASE_URL),requirements.txt,requirements-local.txt)
	@$(LOCAL) manage $(ARGS)

lock:
	@$(INSTALL) requirements-dev.txt
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(COMPILE) $(ARGS) requirements.in -o requirements.txt
	@$(COMPILE) $(ARGS) requirements-local.in -o requirements-local.txt
	@$(COMPILE) $(ARGS) requirements-dev.in -o requirements-dev.txt

basemap:
	@$(INSTALL) $(if $(DATABASE_URL),requirements.txt,requirements-local.txt)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-basemap.in
	@.venv/bin/python -m assets.basemap.generate

clean:
	@$(PYTHON) -m config.local clean
	@rm -rf .venv .local staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
