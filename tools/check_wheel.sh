#!/bin/sh
# Install the wheel alone in an empty environment, away from the repository, and run the main job there.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$root/.venv/bin/python" -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --require-hashes -r "$root/requirements/run.txt"
"$place/venv/bin/pip" install --quiet --no-deps "$root"/dist/*.whl
cd "$place"
export ANCRAGE_DATA="$place/data"
"$place/venv/bin/ancrage" --version
"$place/venv/bin/ancrage" diagnostic 23077 > terminal.txt
"$place/venv/bin/ancrage" diagnostic 23077 --format html --sortie page.html
"$place/venv/bin/ancrage" diagnostic 23077 --format json --sortie diagnosis.json
"$place/venv/bin/ancrage" zonage frr --format csv > frr.csv
grep -q "Faux-la-Montagne" terminal.txt
grep -q "fictives" terminal.txt
"$place/venv/bin/python" - <<'PY'
import csv, json
found = json.load(open("diagnosis.json", encoding="utf-8"))
assert found["territory"]["code"] == "23077", found["territory"]
assert sum(1 for _ in csv.DictReader(open("frr.csv", encoding="utf-8"))) == 34_969
assert "</html>" in open("page.html", encoding="utf-8").read()
PY
echo "La roue se suffit : diagnostic de 23077 en terminal, HTML et JSON."
