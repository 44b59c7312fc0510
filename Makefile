# The two commands of a fresh machine are `make run` and `make test`; each installs what it needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
BIN := .venv/bin

run: .venv/run.stamp
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: .venv/test.stamp
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not long"

# What `make test` leaves out, and every case of what it shortens.
test-long: .venv/test.stamp
	CBI_THOROUGH=1 $(BIN)/python -m pytest -n auto --dist loadfile -m "long or shortened"

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/test.stamp
	$(BIN)/python -m pytest benchmarks --benchmark-only --benchmark-columns=min,median,max

# Collect the sentences of the source, bring the catalogues up to date, compile them.
messages: .venv/test.stamp
	$(BIN)/python -m babel.messages.frontend extract --no-location --sort-output --no-default-keywords \
		-k say -k mark -k translate -k translate_number:1,2 -k counted:1,2 -o cbi/locale/cbi.pot --project cbi --copyright-holder cbi cbi app.py
	$(BIN)/python -m babel.messages.frontend update -i cbi/locale/cbi.pot -d cbi/locale -D cbi -l zh_Hans --no-fuzzy-matching --ignore-obsolete
	$(BIN)/python -m babel.messages.frontend compile -d cbi/locale -D cbi

# Take the pictures of the manual anew; needs Debian's chromium and fonts-noto-cjk.
screenshots: .venv/test.stamp
	$(BIN)/python tools/screenshots.py

# Make the fonts of the report anew; needs npm. They are part of the program, so this is hardly ever needed.
fonts: .venv/test.stamp
	rm -rf .fonts && mkdir .fonts
	cd .fonts && npm pack @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-sc@0.4.3
	cd .fonts && for name in noto-sans noto-sans-sc; do mkdir $$name && tar xzf expo-google-fonts-$$name-0.4.*.tgz -C $$name; done
	$(BIN)/python tools/subset_fonts.py .fonts/noto-sans/package .fonts/noto-sans-sc/package

schema: .venv/test.stamp
	$(BIN)/python -m cbi.definitions.schema

.venv/python.stamp:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run.stamp: requirements.txt .venv/python.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test.stamp: requirements-dev.txt requirements.txt .venv/python.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.PHONY: run test test-long lint bench messages screenshots fonts schema
