#!/bin/sh
# Install the wheel alone in an empty environment, away from the repository, and run the main job there.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
server=""
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$place"' EXIT
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
port=$("$place/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$place/venv/bin/ancrage" serve --port "$port" --workers 1 > serveur.txt 2>&1 &
server=$!
"$place/venv/bin/python" - "$port" <<'PY'
import re, sys, time, urllib.error, urllib.request

site = f"http://127.0.0.1:{sys.argv[1]}"
for _ in range(300):
    try:
        page = urllib.request.urlopen(f"{site}/territoires/23077/").read().decode()
        break
    except (urllib.error.URLError, ConnectionError):
        time.sleep(0.2)
else:
    sys.exit("the site did not start: " + open("serveur.txt", encoding="utf-8").read())
assert "Faux-la-Montagne" in page
for file in re.findall(r'(?:href|src)="(/statique/[^"]+)"', page):
    assert urllib.request.urlopen(site + file).status == 200, file
assert "Glossaire" in urllib.request.urlopen(f"{site}/documentation/glossaire/").read().decode()
PY
echo "La roue se suffit : diagnostic de 23077 en terminal, HTML et JSON ; site servi avec ses fichiers."
