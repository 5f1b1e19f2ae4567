# Two commands do everything on a machine with python3 (3.11+, venv) and make: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV = .venv
PIP = $(VENV)/bin/pip --disable-pip-version-check --no-input -q
MANAGE = $(VENV)/bin/python manage.py
BIND = 127.0.0.1:$(PORT)
# Of `make bench`: how many stories the measured paper has.
SIZES = 1000 20000 200000

.PHONY: run test check bench bench-million weather screenshots messages locks clean

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.txt | $(VENV)/bin/python
	$(PIP) install --require-hashes --only-binary=:all: -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/bin/python
	$(PIP) install --require-hashes --only-binary=:all: -r requirements/dev.txt
	touch $@

run: $(VENV)/runtime.stamp
	$(MANAGE) serve --bind $(BIND)

test: $(VENV)/dev.stamp
	$(VENV)/bin/python -m pytest -n auto --dist worksteal
	$(VENV)/bin/python -m tests.postgres

check: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(MANAGE) check
	$(MANAGE) makemigrations --check --dry-run

# Prints tables and writes var/bench/bench.json; with PostgreSQL, Redis, nginx and wrk where they are.
# OPTIONS="--page docs/performance.md" puts the tables into the docs, "--parts reading" measures reading alone.
bench: $(VENV)/dev.stamp
	$(MANAGE) bench --sizes $(SIZES) $(OPTIONS)

# A paper of twenty years beside one of five months: needs an hour, 30 GB of disk for each engine, and a machine of its
# own for that time.
bench-million: $(VENV)/dev.stamp
	$(MANAGE) bench --sizes 20000 1000000 --parts reading --json var/bench/million.json $(OPTIONS)

# What slow clients, ten thousand idle ones and floods cost a site behind nginx; with PostgreSQL, Redis and nginx.
weather: $(VENV)/dev.stamp
	$(VENV)/bin/python -m tests.weather

screenshots: $(VENV)/dev.stamp
	$(VENV)/bin/python -m tests.screenshots

# For maintainers: needs GNU gettext.
messages:
	$(MANAGE) makemessages -l vi --no-location --no-wrap --no-obsolete --ignore=.venv --ignore=var
	$(MANAGE) makemessages -l vi -d djangojs --no-location --no-wrap --no-obsolete --ignore=.venv --ignore=var --ignore=static/ckeditor
	sed -i '/^"POT-Creation-Date/d' locale/vi/LC_MESSAGES/*.po
	$(MANAGE) compilemessages -l vi --ignore=.venv

# For maintainers: needs uv.
locks:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/runtime.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/production.in -o requirements/production.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) var
