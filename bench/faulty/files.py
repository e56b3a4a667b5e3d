"""Files that a person may bring, damaged: none crashes, each refusal names the file and its line."""

import gzip
import json
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

from ancrage.aids.catalogue import load_catalogue
from ancrage.grid.template import json_template, yaml_template
from ancrage.monographs.template import template
from damages import DAMAGES, Damage
from faulty.process import ancrage
from in_process import run_here

PACKAGE = Path(__file__).resolve().parents[2] / "src/ancrage"
SECONDS, MEGABYTES = 2.0, 200
DAY = date(2026, 11, 23)

LIST = "id;nom;commune;categorie\n" + "".join(f"{n};Structure {n};23077;{'ab'[n % 2]}\n" for n in range(30))
UNITS = "siren;date_creation;est_active;famille_ess\n" + "".join(
    f"{n:09};{1990 + n % 30}-03-0{1 + n % 9};{'oui' if n % 3 else 'non'};association\n" for n in range(60)
)
PLACES = "id,nom,code_insee,longitude,latitude\n1,Accueil,23077,1.9,45.7\n"
TERMS = "origine: moi\ntermes:\n  - {id: a, libelle: A, variantes: [bénévolat, entraide]}\n"
QUOTAS = "taille: 4\nquotas:\n  - {id: q, trait: categorie, valeurs: [a], min: 1}\n"
AIDS = json.dumps([{"id": "x", "titre": "Essai", "eligibilityData": {"company": {}}}], indent=1)
AID = next(iter(sorted((PACKAGE / "aids/catalogue").rglob("*.yaml")))).read_text(encoding="utf-8")
METHOD = (PACKAGE / "diagnosis/similarity.yaml").read_text(encoding="utf-8")
TABLE = "date;texte\n2021-03-31;Du bénévolat.\n"
CORPUS = "---\ndate: 2021-03-31\n---\nUn texte sur le bénévolat.\n"

Kind = tuple[str, str, str, Callable[[Path, Path], list[str]]]
KINDS: list[Kind] = [
    ("grille", "g.yaml", yaml_template(), lambda p, _: ["grille", "evaluer", str(p)]),
    ("grille json", "g.json", json_template(), lambda p, _: ["grille", "evaluer", str(p)]),
    ("monographie", "m.md", template(on=DAY), lambda p, _: ["monographies", "verifier", str(p)]),
    ("termes", "t.yaml", TERMS, lambda p, at: ["veille", str(at / "corpus"), "--termes", str(p)]),
    ("dates", "d.csv", "nom,date\nc.md,2021-03\n", lambda p, at: ["veille", str(at / "corpus"),
                                                                          "--dates", str(p)]),
    ("corpus", "table/n.csv", TABLE, lambda p, _: ["veille", str(p.parent)]),
    ("liste longue", "l.csv", LIST, lambda p, _: ["panel", str(p), "--taille", "4", "--sans-cout"]),
    ("contraintes", "q.yaml", QUOTAS, lambda p, at: ["panel", str(at / "l.csv"), "--contraintes", str(p)]),
    ("aides", "a.json", AIDS, lambda p, _: ["aides", "importer", str(p)]),
    ("catalogue", "catalogue/c.yaml", AID, lambda p, _: ["aides", "verifier", str(p.parent.parent)]),
    ("lieux", "p.csv", PLACES, lambda p, _: ["couverture", "23077", "--lieux", f"france_services={p}"]),
    ("unités", "u.csv", UNITS, lambda p, _: ["survie", "--fichier", str(p), "--observe-le", "2026-02-18",
                                             "--par", "ess"]),
    ("ensemble", "e.txt", "23077\n23096 # deux\n", lambda p, _: ["territoire", "montrer", f"@{p}"]),
    ("méthode", "s.yaml", METHOD, lambda p, _: ["diagnostic", "23077", "--similarite", str(p)]),
    ("sauvegarde", "b.gz", "", lambda p, _: ["restauration", str(p), "--remplacer"]),
]  # fmt: skip
ALONE = "sauvegarde"
"""It needs a process of its own, whose time and memory are not measured here."""
TOLD_EVERY = 100
WHOLE = re.compile(
    r"est vide|dépasse|gzip est coupée|s'arrête avant la fin|somme de contrôle|pas un classeur lisible"
    r"|ne contient aucun lieu|ne dit pas la taille|ne se tire pas d'une liste|ne compte \d+ unités"
)
"""What is said of a whole file, and of no line of it."""


class Bench:
    """A folder with a sound file of each kind, damaged one after the other."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.data = folder, folder / "data"
        self.settings = os.environ | {"ANCRAGE_DATA": str(self.data), "COLUMNS": "120", "NO_COLOR": "1"}
        self.dice, self.faults = random.Random(11 + seed), list[tuple[object, ...]]()
        self.seen, self.lines = Counter[str](), Counter[bool]()
        self.slowest, self.largest = (0.0, ""), (0.0, "")

    def prepare(self, kinds: list[Kind] = KINDS) -> None:
        """Write the sound files of some sorts, and do once what is only done once."""
        for name in ("corpus", "table", "catalogue"):
            (self.folder / name).mkdir()
        (self.folder / "corpus" / "c.md").write_text(CORPUS, encoding="utf-8")
        for label, name, text, command in kinds:
            if label == ALONE:
                ancrage("sauvegarde", str(self.folder / name), data=self.data)
                continue
            (self.folder / name).write_text(text, encoding="utf-8")
            run_here(command(self.folder / name, self.folder), environment=self.settings)

    def damage(self, kind: Kind, how: Damage | None = None) -> None:
        """Damage a file, in a way drawn or told, run its command, put the file back."""
        label, name, _, command = kind
        path = self.folder / name
        whole = path.read_bytes()
        packed = name.endswith(".gz")
        text = (gzip.decompress(whole) if packed else whole).decode()
        damaged = (how or self.dice.choice(DAMAGES))(text, self.dice)
        path.write_bytes(gzip.compress(damaged, 1) if packed and self.dice.random() < 0.7 else damaged)
        arguments = command(path, self.folder)
        if label == ALONE:
            self.judge(label, path.name, ancrage(*arguments, data=self.data))
        else:
            before, begun = _peak_from_here(), time.process_time()
            load_catalogue.cache_clear()  # as in a process of its own
            done = run_here(arguments, environment=self.settings)
            self.measure(label, done.returncode, time.process_time() - begun, _memory("VmHWM") - before)
            self.judge(label, path.name, done)
        path.write_bytes(whole)

    def measure(self, label: str, code: int, seconds: float, megabytes: float) -> None:
        """Only a refusal is held to a time and a memory: what is read is then worked on."""
        if code:
            self.slowest = max(self.slowest, (seconds, label))
            self.largest = max(self.largest, (megabytes, label))

    def judge(self, label: str, name: str, done: CompletedProcess[str]) -> None:
        """A refusal names the file, and the line unless the fault is of the whole file."""
        refused, told = done.returncode != 0, f"{done.stdout} {done.stderr}"
        self.seen["refused" if refused else "read"] += 1
        crashed = done.returncode in (1, -11) or "Traceback" in done.stderr
        if crashed or (refused and name not in told):
            self.fault(label, done.returncode, told.strip()[-400:])
        elif refused:
            has_line = "ligne " in told
            self.lines[has_line] += 1
            if not has_line and not WHOLE.search(told):
                self.fault(label, "no line", told.strip()[-400:])

    def fault(self, *told: object) -> None:
        """Tell a fault as soon as it is met: a run may be stopped before its end."""
        self.faults.append(told)
        print("  ", *told, flush=True)


def files(count: int, show: Callable[..., None], seed: int = 0, command: str | None = None) -> None:
    kinds = [kind for kind in KINDS if command is None or kind[3](Path(), Path())[0] == command]
    count = round(count * len(kinds) / len(KINDS))
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), seed)
        bench.prepare()
        for rank in range(count):
            bench.damage(kinds[rank % len(kinds)])
            if rank % TOLD_EVERY == TOLD_EVERY - 1:
                show("files: so far", rank + 1, "files", ok=not bench.faults)
    ok = not bench.faults
    show("files: crashes, or refusals without file or line", len(bench.faults), "files", "0", ok=ok)
    for state, number in sorted(bench.seen.items()):
        show(f"files: {state}", number, "files")
    show("files: refused, with a line", bench.lines[True], "files")
    show("files: refused as a whole (empty, cut, too large)", bench.lines[False], "files")
    seconds, megabytes = bench.slowest[0], bench.largest[0]
    slowest, largest = (
        f"files: slowest refusal, CPU ({bench.slowest[1]})",
        f"files: memory grown ({bench.largest[1]})",
    )
    show(slowest, round(seconds, 2), "s", f"{SECONDS} s", ok=seconds <= SECONDS)
    show(largest, round(megabytes), "MB", f"{MEGABYTES} MB", ok=megabytes <= MEGABYTES)


def _peak_from_here() -> float:
    """Forget the highest memory so far (Linux); megabytes held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(what: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024
