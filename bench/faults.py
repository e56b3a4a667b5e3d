"""Damaged files and kills, seeded: what a person may bring, what producers may send, when a process may die.

``faults.py [SHARE]`` runs a share (1 by default, 0.1 for a tenth) of 2,000 files, 500 sources and 60 kills,
and prints JSON lines as the other benchmarks do. The real sources come from the mirror.
"""

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from ancrage.edition.door import try_to_read  # noqa: E402
from ancrage.grid.template import json_template, yaml_template  # noqa: E402
from ancrage.monographs.template import template  # noqa: E402
from ancrage.sources.catalogue import load_catalogue  # noqa: E402
from ancrage.sources.outcome import State  # noqa: E402
from ancrage.sources.snapshots import SnapshotStore  # noqa: E402
from ancrage.sources.synchronise import synchronise  # noqa: E402
from in_process import run_here  # noqa: E402

MIRROR = REPOSITORY.parent / "shared" / "data"
FILES, SOURCES, KILLS = 2_000, 500, 60
SECONDS, MEGABYTES = 2.0, 200
LARGEST_SOURCE = 3 << 20
DAY = date(2026, 11, 23)

LIST = "id;nom;commune;categorie\n" + "".join(f"{n};Structure {n};23077;{'ab'[n % 2]}\n" for n in range(30))
UNITS = "siren;date_creation;est_active;famille_ess\n" + "".join(
    f"{n:09};{1990 + n % 30}-03-0{1 + n % 9};{'oui' if n % 3 else 'non'};association\n" for n in range(60)
)
PLACES = "id,nom,code_insee,longitude,latitude\n1,Accueil,23077,1.9,45.7\n"
TERMS = "origine: moi\ntermes:\n  - {id: a, libelle: A, variantes: [bénévolat, entraide]}\n"
QUOTAS = "taille: 4\nquotas:\n  - {id: q, trait: categorie, valeurs: [a], min: 1}\n"
AIDS = json.dumps([{"id": "x", "titre": "Essai", "eligibilityData": {"company": {}}}], indent=1)
METHOD = (REPOSITORY / "src/ancrage/diagnosis/similarity.yaml").read_text(encoding="utf-8")
CORPUS = "---\ndate: 2021-03-31\n---\nUn texte sur le bénévolat.\n"

Kind = tuple[str, str, str, Callable[[Path], list[str]]]
KINDS: list[Kind] = [
    ("grille", "g.yaml", yaml_template(), lambda p: ["grille", "evaluer", str(p)]),
    ("grille json", "g.json", json_template(), lambda p: ["grille", "evaluer", str(p)]),
    ("monographie", "m.md", template(on=DAY), lambda p: ["monographies", "verifier", str(p)]),
    ("termes", "t.yaml", TERMS, lambda p: ["veille", str(p.parent / "corpus"), "--termes", str(p)]),
    ("liste longue", "l.csv", LIST, lambda p: ["panel", str(p), "--taille", "4", "--sans-cout"]),
    ("contraintes", "q.yaml", QUOTAS, lambda p: ["panel", str(p.parent / "l.csv"), "--contraintes", str(p)]),
    ("aides", "a.json", AIDS, lambda p: ["aides", "importer", str(p)]),
    ("lieux", "p.csv", PLACES, lambda p: ["couverture", "23077", "--lieux", f"france_services={p}"]),
    ("unités", "u.csv", UNITS, lambda p: ["survie", "--fichier", str(p), "--observe-le", "2026-02-18",
                                          "--par", "ess"]),
    ("ensemble", "e.txt", "23077\n23096 # deux\n", lambda p: ["territoire", "montrer", f"@{p}"]),
    ("méthode", "s.yaml", METHOD, lambda p: ["diagnostic", "23077", "--similarite", str(p)]),
]  # fmt: skip


def _swelling() -> bytes:
    """300 MB of spaces in a few hundred kilobytes, made without ever being held."""
    engine = zlib.compressobj(1, wbits=31)
    return b"".join([engine.compress(b" " * (1 << 20)) for _ in range(300)]) + engine.flush()


SWELLING = _swelling()


def bomb(text: str, _: random.Random) -> bytes:
    return gzip.compress(text.encode(), 1) + SWELLING


def aliases(_: str, __: random.Random) -> bytes:
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["a0: &a0 [x]", *layers]).encode()


def cut(text: str, dice: random.Random) -> bytes:
    content = text.encode()
    return content[: dice.randrange(len(content))]


def flipped(text: str, dice: random.Random) -> bytes:
    content = bytearray(text.encode())
    for _ in range(dice.randint(1, 6)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def swapped(text: str, dice: random.Random) -> bytes:
    """A value takes the place of a word: what people mistype, and what they never would."""
    odd = ["2021-02-31", "9" * 5_000, "[" * 200, '{"a":' * 90, "null", "true", "!!python/x y", "*a", "&a b",
           '"\\ud800"', "NaN", "1e999", "-1", "", "é" * 300, "\x00", "\u2028", "=1+1", "---"]  # fmt: skip
    words = text.split(" ")
    words[dice.randrange(len(words))] = dice.choice(odd)
    return " ".join(words).encode("utf-8", "surrogatepass")


def repeated(text: str, dice: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    place = dice.randrange(len(lines))
    return "".join([*lines[:place], lines[place] * dice.choice((2, 500)), *lines[place:]]).encode()


DAMAGES = [
    *(cut, flipped, swapped, swapped, repeated, bomb, aliases),
    lambda text, dice: text.encode("utf-16")[: -dice.randint(0, 3) or None],
    lambda text, dice: b"\xef\xbb\xbf" + text.encode(),
    lambda text, dice: text.encode("latin-1", "replace"),
    lambda text, dice: gzip.compress(text.encode())[: -dice.randint(1, 20)],
    lambda text, dice: b"[" * dice.choice((100, 100_000)),
    lambda text, dice: b'{"a":' * dice.choice((100, 100_000)),
    lambda text, dice: b"PK\x03\x04" + text.encode(),
    lambda text, dice: bytes(dice.randrange(256) for _ in range(400)),
    lambda text, dice: text.replace("\n", "\r").encode(),
    lambda text, dice: b"",
]


def files(count: int, show: Callable[..., None]) -> None:
    dice, seen, faults = random.Random(11), Counter(), []
    slowest = largest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "corpus").mkdir()
        (folder / "corpus" / "c.md").write_text(CORPUS, encoding="utf-8")
        settings = os.environ | {"ANCRAGE_DATA": str(folder / "data"), "COLUMNS": "120", "NO_COLOR": "1"}
        for _, file, text, command in KINDS:  # what is imported once is not counted
            (folder / file).write_text(text, encoding="utf-8")
            run_here(command(folder / file), environment=settings)
        for rank in range(count):
            label, file, text, command = KINDS[rank % len(KINDS)]
            path = folder / file
            path.write_bytes(dice.choice(DAMAGES)(text, dice))
            before, begun = _peak_from_here(), time.process_time()
            done = run_here(command(path), environment=settings)
            spent, grown = time.process_time() - begun, _memory("VmHWM") - before
            path.write_text(text, encoding="utf-8")
            refused = done.returncode != 0
            seen["refusés" if refused else "lus"] += 1
            if refused:
                slowest, largest = max(slowest, spent), max(largest, grown)
            if rank % 20 == 0:
                print(f"  · {rank} files", file=sys.stderr, flush=True)
            crashed = done.returncode == 1 or "Traceback" in done.stderr
            if crashed or (refused and file not in done.stderr):
                faults.append((label, done.returncode, done.stderr.strip()[-300:]))
    for fault in faults[:20]:
        print("  ", *fault)
    show("files: crashes, or refusals without the file", len(faults), "files", "0", ok=not faults)
    show("files: read", seen["lus"], "files")
    show("files: refused", seen["refusés"], "files")
    show("files: slowest refusal (CPU)", round(slowest, 2), "s", f"{SECONDS} s", ok=slowest <= SECONDS)
    show("files: memory grown by a refusal", round(largest), "MB", f"{MEGABYTES} MB", ok=largest <= MEGABYTES)


def _peak_from_here() -> float:
    """Forget the highest memory so far (Linux); megabytes held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(what: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def sources(count: int, show: Callable[..., None]) -> None:
    """Damaged sources, each followed by a sound one that must come in; the build reads all that came in."""
    dice, states, faults = random.Random(12), Counter(), []
    known = [one for one in load_catalogue().values() if _small(one)]
    sound = load_catalogue()["pvd-2024"]
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        for rank in range(count):
            chosen = dice.choice(known)
            mirror = Path(name) / f"miroir-{rank}"
            _damage(chosen, mirror, dice)
            _copy(sound, mirror)
            following = sound if chosen is not sound else load_catalogue()["acv-2024"]
            _copy(following, mirror)
            one = chosen.model_copy(update={"resources": chosen.resources[:1]})
            try:
                pair = [one, following]
                report = synchronise(pair, store=SnapshotStore(data), mirror=mirror, door=try_to_read)
                states[report.outcomes[0].state.value] += 1
                if report.outcomes[-1].state is State.FAILED:
                    faults.append((chosen.id, "the sound source did not come in", report.outcomes[-1].told))
            except Exception as error:
                faults.append((chosen.id, type(error).__name__, str(error)[:200]))
            shutil.rmtree(mirror)
        built = _ancrage("entrepot", "construire", data=data)
        if built.returncode:
            faults.append(("build", built.returncode, built.stderr.strip()[-400:]))
    for fault in faults[:20]:
        print("  ", *fault)
    show(
        "sources: tracebacks, sources skipped, refused by the build",
        len(faults),
        "sources",
        "0",
        ok=not faults,
    )
    for state, number in sorted(states.items()):
        show(f"sources: {state}", number, "sources")


def _small(source: object) -> bool:
    mapping = source.resources[0].mirror  # type: ignore[attr-defined]
    found = [path for pattern in mapping.paths for path in MIRROR.glob(pattern)] if mapping else []
    return bool(found) and sum(path.stat().st_size for path in found) < LARGEST_SOURCE


def _copy(source: object, mirror: Path) -> list[Path]:
    made = []
    for pattern in source.resources[0].mirror.paths:  # type: ignore[attr-defined]
        for path in MIRROR.glob(pattern):
            copy = mirror / path.relative_to(MIRROR)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            made.append(copy)
    return made


def _damage(source: object, mirror: Path, dice: random.Random) -> None:
    path = dice.choice(_copy(source, mirror))
    content = path.read_bytes()
    packed = content.startswith(b"\x1f\x8b")
    text = (gzip.decompress(content) if packed else content).decode("utf-8", "replace")
    content = dice.choice(DAMAGES)(text, dice)
    path.write_bytes(gzip.compress(content, 1) if packed and dice.random() < 0.8 else content)


def _ancrage(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ancrage.cli import main; main()", *arguments]
    environment = os.environ | {"ANCRAGE_DATA": str(data)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def kills(count: int, show: Callable[..., None]) -> None:
    """A command dies at a moment drawn at random; what was there stays, and it then ends well."""
    dice, faults, ends = random.Random(13), [], Counter()
    with tempfile.TemporaryDirectory() as name:
        data, saved = Path(name) / "data", str(Path(name) / "s.gz")
        ids = ["pvd-2024", "acv-2024", "zrr-2017", "frr-2025"]
        commands = [
            ["sources", "sync", *ids, "--mirror", str(MIRROR)],
            ["entrepot", "construire"],
            ["sauvegarde", saved, "--remplacer"],
            ["restauration", saved, "--remplacer"],
            ["travaux"],  # brings the database to the version of the code
        ]
        lengths = []
        for command in commands:
            begun = time.perf_counter()
            done = _ancrage(*command, data=data)
            lengths.append(time.perf_counter() - begun)
            if done.returncode:
                faults.append((command[0], done.returncode, done.stderr[-200:]))
        for rank in range(count):
            place = rank % len(commands)
            how = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)[rank // len(commands) % 3]
            if commands[place] == ["travaux"]:
                (data / "atelier.sqlite3").unlink(missing_ok=True)
            ends[_kill(commands[place], data, how, dice.uniform(0.1, 0.9) * lengths[place])] += 1
            again = _ancrage(*commands[place], data=data)
            whole = _ancrage("sources", "verify", data=data)
            if again.returncode or whole.returncode:
                told = (again.stderr or whole.stdout)[-300:]
                faults.append((commands[place][0], how.name, again.returncode, whole.returncode, told))
    for fault in faults[:20]:
        print("  ", *fault)
    show("kills: something lost, or not done again", len(faults), "kills", "0", ok=not faults)
    for code, number in sorted(ends.items()):
        show(f"kills: ended with {code}", number, "kills")


def _kill(arguments: list[str], data: Path, how: signal.Signals, after: float) -> int:
    command = [sys.executable, "-c", "from ancrage.cli import main; main()", *arguments]
    process = subprocess.Popen(
        command,
        env=os.environ | {"ANCRAGE_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.send_signal(how)
    return process.wait()


def main() -> None:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    wanted = set(sys.argv[2:]) or {"files", "sources", "kills"}

    def show(
        bench: str, value: float, unit: str, threshold: str | None = None, *, ok: bool | None = None
    ) -> None:
        told = {"bench": bench, "value": value, "unit": unit, "threshold": threshold, "ok": ok}
        print(json.dumps(told, ensure_ascii=False), flush=True)

    for name, run, count in (("files", files, FILES), ("sources", sources, SOURCES), ("kills", kills, KILLS)):
        if name in wanted:
            run(max(1, round(count * share)), show)


if __name__ == "__main__":
    main()
