import pickle

import pytest

from ancrage import errors
from ancrage.errors import (
    AmbiguousTerritoryError,
    AncrageError,
    Choice,
    InvalidCodeError,
    UnknownTerritoryError,
)
from ancrage.repairs import ChooseAmong, Search, SynchroniseSources

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, AncrageError) and kind is not AncrageError
]


def test_every_failure_has_an_exit_code_of_its_own_and_a_title():
    codes = [kind.exit_code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    # 2 is what every command gives for options that cannot be read.
    assert min(set(codes) - {2}) >= 10
    assert max(codes) < 126
    assert len({kind.title for kind in KINDS}) == len(KINDS)


def test_the_codes_other_tools_rely_on_do_not_move():
    assert {kind.__name__: kind.exit_code for kind in KINDS} == {
        "InvalidQuestionError": 2,
        "InvalidCodeError": 10,
        "InvalidDayError": 11,
        "DayOutOfRangeError": 12,
        "UnknownTerritoryError": 13,
        "AmbiguousTerritoryError": 14,
        "CeasedTerritoryError": 15,
        "UnknownZoningError": 16,
        "SetDefinitionError": 17,
        "UnknownAddressError": 18,
        "AmbiguousAddressError": 19,
        "UnknownSourceError": 20,
        "SourceUnavailableError": 21,
        "SourceContentError": 22,
        "MissingSourceError": 23,
        "StorageError": 24,
        "BusyError": 25,
        "InterruptedOperationError": 26,
        "BuildError": 30,
        "NoEditionError": 31,
        "CatalogueError": 32,
        "RuleError": 40,
        "FactError": 41,
        "UnknownAidError": 42,
        "ImportFileError": 43,
        "UnknownParameterError": 44,
        "UnknownLeverError": 45,
        "PurchaseError": 46,
        "GridFileError": 50,
        "SurvivalError": 51,
        "PanelFileError": 52,
        "ImpossibleQuotaError": 53,
        "MonographError": 54,
        "SupportFileError": 55,
        "SitingError": 56,
        "DynamicsError": 57,
        "CorpusError": 58,
        "FinancingFileError": 59,
        "DirectoryQueryError": 61,
        "UnknownStructureError": 62,
        "UnknownCaseError": 63,
        "UnknownBuyerError": 47,
        "CursorError": 70,
        "UnknownTaskError": 71,
        "TaskQueueFullError": 72,
        "BackupError": 73,
        "DatabaseUnavailableError": 74,
        "ForeignOriginError": 75,
        "SiteFilesError": 76,
        "ShareError": 77,
        "LawCopyError": 78,
        "StaleVersionError": 79,
        "RetiredError": 80,
        "UnknownObjectError": 81,
        "BrokenJournalError": 82,
        "ForbiddenStateError": 85,
        "WorkspaceFileError": 86,
        "UnsafeFileError": 87,
        "ScannerUnavailableError": 88,
        "NotAllowedError": 90,
        "OrganisationError": 91,
        "MembershipError": 92,
        "InvitationError": 93,
        "RoleError": 94,
        "MailError": 95,
        "DrawingError": 99,
        "AlertError": 96,
        "NeedError": 97,
        "IntroductionError": 98,
        "EngineError": 100,
    }


@pytest.mark.parametrize(
    "failure",
    [
        InvalidCodeError("de commune", "2307", "cinq caractères"),
        AmbiguousTerritoryError(
            "75", [Choice("dep:75", "Paris (dep:75)"), Choice("reg:75", "Nouvelle-Aquitaine (reg:75)")]
        ),
        errors.BusyError("Déjà en cours.", "Attendez."),
        errors.MissingSourceError("Rien n'est là.", "", SynchroniseSources(("siae",), mirror=True)),
    ],
)
def test_a_worker_process_can_hand_a_failure_to_its_parent(failure):
    copy = pickle.loads(pickle.dumps(failure))  # noqa: S301 - our own bytes
    assert (type(copy), copy.message, copy.hint) == (type(failure), failure.message, failure.hint)
    assert copy.repairs == failure.repairs


def test_a_failure_says_what_was_received_then_what_to_do():
    assert str(InvalidCodeError("de commune", "2307", "cinq caractères")) == (
        "« 2307 » n'est pas un code de commune valide. Attendu : cinq caractères."
    )


def test_an_unknown_territory_suggests_names_or_the_way_to_search():
    near = UnknownTerritoryError("geret", [Choice("23096", "Guéret (23096)")])
    assert "Vouliez-vous dire : Guéret (23096) ?" in near.hint
    assert near.repairs == (ChooseAmong(("23096",)),)
    assert UnknownTerritoryError("xyz").repairs == (Search("territory"),)
