"""What a synchronisation lets in, the build can read: contents are tried at the door."""

import json
from pathlib import Path
from typing import Any

import pytest

from ancrage.edition.door import readers_of, try_to_read
from ancrage.edition.inputs import Inputs
from ancrage.edition.shapes import read_outlines
from ancrage.errors import MissingSourceError
from ancrage.sources.catalogue import get_source, load_catalogue
from ancrage.sources.going_back import go_back
from ancrage.sources.outcome import Outcome, State
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise


class Mirror:
    """A folder that stands for producers, filled file by file, and the store it is received in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder / "miroir", SnapshotStore(folder / "data")

    def put(self, source: str, content: Any) -> None:
        """Give the first resource of a source this content: bytes, or a document to write in JSON."""
        resource = get_source(source).resources[0]
        assert resource.mirror is not None
        path = self.folder / resource.mirror.paths[0].replace("*", "1")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

    def receive(self, *sources: str) -> dict[str, Outcome]:
        """What became of the first resource of each source."""
        declared = [
            one.model_copy(update={"resources": tuple(_small(each) for each in one.resources[:1])})
            for one in map(get_source, sources)
        ]
        report = synchronise(declared, store=self.store, mirror=self.folder, door=try_to_read)
        return {outcome.source: outcome for outcome in report.outcomes}


def _small(resource: Any) -> Any:
    return resource.model_copy(update={"min_rows": 1})


@pytest.fixture
def mirror_of(tmp_path: Path) -> Mirror:
    return Mirror(tmp_path)


def town(**properties: Any) -> dict[str, Any]:
    told = {"id_territoire": "pvd-1", "lib_territoire": "Bourganeuf", "insee_com": "23030"} | properties
    return {"type": "Feature", "properties": told, "geometry": None}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def full(source: str, feature: dict[str, Any]) -> dict[str, Any]:
    """The feature with every column its source declares."""
    columns = dict.fromkeys(get_source(source).resources[0].columns, "x")
    return feature | {"properties": columns | feature["properties"]}


@pytest.mark.parametrize(
    ("feature", "said"),
    [
        (3, "objet 2 : l'objet n'est pas un objet JSON"),
        ("texte", "objet 2 : l'objet n'est pas un objet JSON"),
        ({"type": "Feature", "properties": [1], "geometry": None}, "« properties » n'est pas un objet"),
        ({"type": "Feature", "properties": {}, "geometry": "POINT(1 2)"}, "« geometry » n'est pas un objet"),
        (town(id_territoire=None), "n'a pas de « id_territoire »"),
        (town(population=10**400), "démesuré"),
        (town(nested=json.loads("[" * 80 + "]" * 80)), "imbriqué trop profondément"),
    ],
)
def test_a_feature_that_is_none_is_refused_and_the_sources_that_follow_are_received(
    mirror_of: Mirror, feature: Any, said: str
) -> None:
    mirror_of.put("acv-2024", collection(full("acv-2024", town()), feature))
    mirror_of.put("pvd-2024", collection(full("pvd-2024", town())))
    found = mirror_of.receive("acv-2024", "pvd-2024")
    assert (found["acv-2024"].state, found["pvd-2024"].state) == (State.FAILED, State.NEW)
    assert said in found["acv-2024"].told
    assert mirror_of.store.latest("acv-2024", "territoires") is None


def rows(source: str, *given: dict[str, str], encoding: str = "utf-8", end: str = "\n") -> bytes:
    resource = get_source(source).resources[0]
    separator = resource.separator or ","
    lines = [separator.join(resource.columns)]
    lines += [separator.join(row.get(column, "") for column in resource.columns) for row in given]
    return (end.join(lines) + end).encode(encoding)


EVENT = {
    "MOD": "32",
    "DATE_EFF": "2019-01-01",
    "TYPECOM_AV": "COM",
    "COM_AV": "23001",
    "LIBELLE_AV": "Ahun",
    "TYPECOM_AP": "COM",
    "COM_AP": "23001",
    "LIBELLE_AP": "Ahun",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_events_are_read_whatever_their_ends_of_line_and_their_encoding(
    mirror_of: Mirror, encoding: str, end: str
) -> None:
    mirror_of.put("mouvements-communes", rows("mouvements-communes", EVENT, encoding=encoding, end=end))
    found = mirror_of.receive("mouvements-communes")["mouvements-communes"]
    assert (found.state, found.told.count("×")) == (State.NEW, 0), found.told


def test_rows_that_the_build_will_set_aside_are_counted_and_told(mirror_of: Mirror) -> None:
    odd = [EVENT | {"COM_AV": "ABCDE"}, EVENT | {"DATE_EFF": "2021-02-31"}, EVENT | {"COM_AV": ""}]
    odd += [EVENT | {"MOD": kind} for kind in ("9" * 400, "-1", "3²", "3_2", "")]
    mirror_of.put("mouvements-communes", rows("mouvements-communes", EVENT, *odd))
    told = mirror_of.receive("mouvements-communes")["mouvements-communes"].told
    assert "1 × code de commune illisible" in told
    assert "6 × date d'effet ou type d'événement illisible" in told


def test_an_event_that_leads_to_no_known_commune_is_set_aside_and_told(mirror_of: Mirror) -> None:
    nowhere = EVENT | {"COM_AP": "23999"}
    through = [
        EVENT | {"DATE_EFF": "1950-01-01", "COM_AP": "23998"},
        EVENT | {"DATE_EFF": "1960-01-01", "COM_AV": "23998"},
    ]
    to_come = EVENT | {"DATE_EFF": "2099-01-01", "COM_AP": "23997"}
    mirror_of.put("mouvements-communes", rows("mouvements-communes", EVENT, nowhere, *through, to_come))
    told = mirror_of.receive("mouvements-communes")["mouvements-communes"].told
    assert "1 × mène à un code de commune inconnu" in told


QUARTER = {"code_qp": "QN02301M", "lib_qp": "Albatros", "insee_com": "23096", "lib_com": "Guéret"}


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "sans contour"),
        ({}, "sans contour"),
        ({"type": "Point", "coordinates": [1.9, 46.2]}, "un contour sans surface"),
        ({"type": "Polygon", "coordinates": []}, "un contour sans surface"),
        ({"type": "MultiPolygon", "coordinates": [[[]]]}, "un contour sans surface"),
        (
            {"type": "Polygon", "coordinates": [[[1, 46], [1.1, 46], [1, 46], [1, 46]]]},
            "un contour sans surface",
        ),
        (
            {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 46]}]},
            "un contour sans surface",
        ),
    ],
)
def test_a_quarter_without_a_surface_is_told(
    mirror_of: Mirror, geometry: dict[str, Any] | None, said: str
) -> None:
    square = {"type": "Polygon", "coordinates": [[[1, 46], [1.1, 46], [1.1, 46.1], [1, 46]]]}
    given = [
        full("qpv-2024-polygones", {"type": "Feature", "properties": QUARTER, "geometry": shape})
        for shape in (square, geometry)
    ]
    mirror_of.put("qpv-2024-polygones", collection(*given))
    assert f"1 × {said}" in mirror_of.receive("qpv-2024-polygones")["qpv-2024-polygones"].told


def test_a_second_outline_of_a_commune_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [
        (
            {"code": "23077", "nom": "Faux-la-Montagne"},
            {"type": "Polygon", "coordinates": [[[x, 46], [x + 0.1, 46], [x + 0.1, 46.1], [x, 46]]]},
        )
        for x in (1, 2)
    ]
    inputs = Inputs(SnapshotStore(tmp_path))
    monkeypatch.setattr(Inputs, "features", lambda *_: iter(given))
    assert [one.code for one in read_outlines(inputs)] == ["23077"]
    assert [(one["ligne"], one["motif"]) for one in inputs.rejects] == [
        ("objet 2 (23077)", "code déjà donné : contour joint au premier")
    ]


def test_truncated_utf16_is_refused(mirror_of: Mirror) -> None:
    mirror_of.put("mouvements-communes", rows("mouvements-communes", EVENT, encoding="utf-16")[:-1])
    found = mirror_of.receive("mouvements-communes")["mouvements-communes"]
    assert found.state is State.FAILED
    assert "utf-16" in found.told


def test_one_broken_byte_among_accents_is_marked_and_told(mirror_of: Mirror) -> None:
    accents = EVENT | {"LIBELLE_AV": "éèàùâêîôûëïüç" * 3}
    whole = rows("mouvements-communes", accents, EVENT)
    mirror_of.put("mouvements-communes", whole.replace(b"Ahun", b"Ah\xffun", 1))
    found = mirror_of.receive("mouvements-communes")["mouvements-communes"]
    assert found.state is State.NEW
    assert "1 octet illisible" in found.told


def test_a_list_that_gives_two_statuses_to_a_commune_never_reaches_the_build(mirror_of: Mirror) -> None:
    columns = get_source("zrr-2017").resources[0].columns
    given = [dict.fromkeys(columns, "") | {"CODGEO": "23001", "ZONAGE_ZRR": told} for told in ("A", "B")]
    mirror_of.put("zrr-2017", rows("zrr-2017", *given))
    found = mirror_of.receive("zrr-2017")["zrr-2017"]
    assert found.state is State.FAILED
    assert "plusieurs statuts à 23001" in found.told


def test_a_bad_file_never_becomes_the_latest_and_one_goes_back_to_the_previous(mirror_of: Mirror) -> None:
    for name in ("Bourganeuf", "Aubusson"):
        mirror_of.put("pvd-2024", collection(full("pvd-2024", town(lib_territoire=name))))
        assert mirror_of.receive("pvd-2024")["pvd-2024"].state is State.NEW
    mirror_of.put("pvd-2024", collection(full("pvd-2024", town()), 3))
    assert mirror_of.receive("pvd-2024")["pvd-2024"].state is State.FAILED
    latest = mirror_of.store.latest("pvd-2024", "territoires")
    assert latest is not None
    assert b"Aubusson" in latest.path.read_bytes()
    (now,) = go_back(mirror_of.store, get_source("pvd-2024"))
    assert b"Bourganeuf" in now.path.read_bytes()
    assert mirror_of.store.latest("pvd-2024", "territoires") == now
    assert mirror_of.store.verify() == []
    with pytest.raises(MissingSourceError, match="pas d'instantané plus ancien"):
        go_back(mirror_of.store, get_source("pvd-2024"))


def test_every_source_that_the_build_reads_has_its_reader_at_the_door() -> None:

    unread = {
        source.id for source in load_catalogue().values() if not readers_of(source.id, source.resources[0].id)
    }
    assert unread == {
        *(
            "adresses-nationales",
            "aides-dge",
            "aides-territoires",
            "aides-transition-ecologique",
            "codes-par-jour",
            "communes-2019",
        ),
        *("contours-departements-2025", "contours-regions-2025", "epci-2025-centres", "nomenclatures"),
        *("ruralite-2025", "sirene-ess-numerique", "titulaires-paris", "identifiants-collectivites"),
    }
