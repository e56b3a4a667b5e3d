"""Records of any format become contracts; what is damaged is refused in one sentence, or kept and told."""

import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from ancrage.errors import SourceContentError
from ancrage.procurement.bought.contracts import NoContractError, contract_of
from ancrage.procurement.bought.lines import Lines
from ancrage.procurement.bought.reading import records
from ancrage.procurement.bought.vocabulary import Flaw
from ancrage.sources.declaration import Format, Resource

RESOURCE = Resource(id="essai", format=Format.RECORDS)
ON = date(2026, 11, 29)
SOUND: dict[str, Any] = {
    "id": "2025S07546",
    "acheteur": {"id": "21750001600019"},
    "nature": "Marché",
    "objet": "Entretien d'espaces verts",
    "codeCPV": "77310000-6",
    "procedure": "Procédure adaptée",
    "dureeMois": 12,
    "dateNotification": "2025-07-17",
    "datePublicationDonnees": "2025-08-01",
    "montant": 24000.0,
    "titulaires": [{"titulaire": {"id": "82342064100016", "typeIdentifiant": "SIRET"}}],
    "considerationsSociales": {"considerationSociale": ["Clause sociale", "Marché réservé"]},
}


def contract(**told: Any) -> dict[str, Any]:
    return contract_of(SOUND | told, name="marche", on=ON)


def read(path: Path) -> list[dict[str, Any]]:
    return [contract_of(one.values or {}, name=one.name, on=ON) for one in records(path, RESOURCE)]


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_sound_contract_has_no_flaw_and_says_its_clauses() -> None:
    row = contract()
    assert (row["flaws"], row["social"], row["cpv"]) == ([], ["clause", "reserve"], "77310000")


@pytest.mark.parametrize(
    ("told", "flaw"),
    [
        ({"montant": "environ mille"}, Flaw.NO_AMOUNT),
        ({"montant": 1}, Flaw.SYMBOLIC),
        ({"montant": 1.0e17}, Flaw.ABSURD),
        ({"montant": -5}, Flaw.ABSURD),
        ({"procedure": "Enchère inversée"}, Flaw.NO_PROCEDURE),
        ({"codeCPV": "7731"}, Flaw.NO_CPV),
        ({"dureeMois": "NC"}, Flaw.NO_DURATION),
        ({"dateNotification": "pas un jour"}, Flaw.NO_DAY),
        ({"dateNotification": "2026-11-30"}, Flaw.TO_COME),
        ({"titulaires": []}, Flaw.NO_HOLDER),
        ({"titulaires": [{"id": "", "typeIdentifiant": "SIRET"}]}, Flaw.NO_SIRET),
        ({"titulaires": [{"id": "82342064100017", "typeIdentifiant": "SIRET"}]}, Flaw.WRONG_KEY),
        ({"titulaires": [{"id": "BE0999999999", "typeIdentifiant": "TVA"}]}, Flaw.FOREIGN),
        ({"titulaires": SOUND["titulaires"] * 2}, Flaw.HOLDER_TWICE),
        (
            {
                "modifications": [
                    {"modification": {"montant": 3000, "dateNotificationModification": "2025-09-01"}}
                ]
            },
            Flaw.SHRUNK,
        ),
    ],
    ids=[str(rank) for rank in range(15)],
)
def test_what_is_wrong_in_a_contract_is_told_and_the_contract_kept(told: dict[str, Any], flaw: Flaw) -> None:
    assert contract(**told)["flaws"] == [flaw]


def test_an_amount_written_as_people_do_is_read() -> None:
    assert contract(montant="24 000,50 €")["amount"] == 24000.5


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"acheteur": {}}, "pas de SIRET"),
        ({"acheteur": {"id": "ville de Paris"}}, "illisible"),
        ({"acheteur": {"id": "21750001600018"}}, "clé du SIRET de l'acheteur est fausse"),
        ({"id": ""}, "pas de numéro"),
        ({"dateNotification": "2099-01-01"}, "trop lointaine \\(2099\\)"),
    ],
    ids=[str(rank) for rank in range(5)],
)
def test_what_can_be_no_contract_is_rejected_with_its_reason(told: dict[str, Any], why: str) -> None:
    with pytest.raises(NoContractError, match=why):
        contract(**told)


def test_the_last_amendment_by_its_day_is_the_one_that_counts() -> None:
    changes = [
        {"modification": {"id": 2, "montant": 30000, "dateNotificationModification": "2025-08-01"}},
        {"modification": {"id": 1, "montant": 40000, "dateNotificationModification": "2025-09-01"}},
    ]
    row = contract(modifications=changes)
    assert (row["amount"], row["first_amount"], row["changed"]) == (40000, 24000, 2)


def test_the_same_contract_is_read_of_json_xml_csv_and_parquet(tmp_path: Path) -> None:
    holder = SOUND["titulaires"][0]["titulaire"]
    flat = {
        **{name: SOUND[name] for name in ("id", "objet", "codeCPV", "procedure", "dureeMois", "montant")},
        "dateNotification": SOUND["dateNotification"],
        "acheteur_id": "21750001600019",
        "titulaire_id": holder["id"],
        "considerationsSociales": "Clause sociale, Marché réservé",
    }
    xml = (
        "<marches><marche><id>2025S07546</id><acheteur><id>21750001600019</id></acheteur>"
        "<objet>Entretien d'espaces verts</objet><codeCPV>77310000-6</codeCPV>"
        "<procedure>Procédure adaptée</procedure><dureeMois>12</dureeMois><montant>24000</montant>"
        "<dateNotification>2025-07-17</dateNotification><titulaires><titulaire><id>82342064100016</id>"
        "<typeIdentifiant>SIRET</typeIdentifiant></titulaire></titulaires><considerationsSociales>"
        "<considerationSociale>Clause sociale</considerationSociale><considerationSociale>Marché réservé"
        "</considerationSociale></considerationsSociales></marche></marches>"
    )
    csv_text = ";".join(flat) + "\n" + ";".join(map(str, flat.values())) + "\n"
    parquet.write_table(pa.Table.from_pylist([flat]), tmp_path / "a.parquet")
    paths = [
        written(tmp_path, "nested.json", json.dumps({"marches": {"marche": [SOUND]}})),
        written(tmp_path, "listed.json", json.dumps({"marches": [SOUND]})),
        written(tmp_path, "alone.json", json.dumps({"marches": {"marche": SOUND}})),
        written(tmp_path, "bare.json.gz", gzip.compress(json.dumps([SOUND]).encode())),
        written(tmp_path, "a.xml", xml),
        written(tmp_path, "a.csv", csv_text),
        tmp_path / "a.parquet",
    ]
    told = []
    for path in paths:
        (row,) = read(path)
        told.append((row["number"], row["amount"], row["holders"][0]["id"], row["social"], row["flaws"]))
    assert told == [("2025S07546", 24000.0, "82342064100016", ["clause", "reserve"], [])] * len(paths)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", json.dumps({"marches": {"marche": [SOUND, SOUND]}})[:-300], "s'arrête avant la fin"),
        ("b.json", '{"marches": [{"id": oui}]}', "pas du JSON lisible"),
        ("c.json", '{"marches": ' + "[" * 100 + "]" * 100 + "}", "imbriqué trop profondément"),
        ("d.xml", "<marches><marche><id>1</id>", "s'arrête avant la fin"),
        ("e.xml", '<!DOCTYPE a [<!ENTITY b "c">]><marches/>', "DOCTYPE"),
        ("f.csv", "nom;ville\nAncrage;Guéret\n", "ce ne sont pas des marchés"),
        ("g.parquet", b"PAR1 et rien d'autre PAR1", "Parquet lisible"),
        ("h.json", "", "est vide"),
    ],
    ids=list("abcdefgh"),
)
def test_a_file_that_is_cut_or_of_another_kind_is_refused_in_one_sentence(
    tmp_path: Path, name: str, text: str | bytes, why: str
) -> None:
    with pytest.raises(SourceContentError) as refused:
        list(records(written(tmp_path, name, text), RESOURCE))
    assert why in refused.value.message
    assert name in refused.value.message


def test_a_record_longer_than_a_block_is_read_across_its_limit(tmp_path: Path) -> None:
    long = SOUND | {"objet": "é" * 900_000}
    path = written(tmp_path, "a.json", json.dumps({"marches": [long, SOUND, long]}, ensure_ascii=False))
    assert [len(row["object"]) for row in read(path)] == [2000, 25, 2000]


@pytest.mark.mirror
def test_every_record_of_the_mirror_is_a_contract_or_says_why_not(mirror: Path, tmp_path: Path) -> None:
    paths = [
        *sorted(mirror.glob("decp/*.gz")),
        *sorted(mirror.glob("decp/exemples-reels/data/decp*.json")),
        *sorted(mirror.glob("decp/format/exemples/*/*")),
    ]
    with Lines(tmp_path / "lines.parquet", ON) as lines:
        for path in paths:
            lines.add(path, RESOURCE, "essai")
    kept = Counter(parquet.read_table(tmp_path / "lines.parquet", columns=["file"])["file"].to_pylist())
    refused: Counter[str] = Counter()
    for (_, file, _), count in lines.reasons.items():
        refused[file] += count
    assert {file: kept[file] + refused[file] for _, file in lines.read} == {
        file: count for (_, file), count in lines.read.items()
    }
    assert lines.read["essai", "decp-paris-2019.json.gz"] == 3850
    assert lines.read["essai", "decp-2024s2-travaux-cpv4521.csv.gz"] == 8957
    assert kept["decp-2024s2-travaux-cpv4521.csv.gz"] == 8949
