"""One resource: received from the mirror, its producer or its API, checked, then kept as a snapshot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import httpx

from ancrage.errors import AncrageError, SourceContentError, SourceUnavailableError
from ancrage.language.days import short_day
from ancrage.language.numbers import count
from ancrage.repairs import GiveField, Repair
from ancrage.sources.api_recherche import Harvester, RateLimiter
from ancrage.sources.checking import check_received
from ancrage.sources.declaration import Address, Format, Resource, Source
from ancrage.sources.download import Version, download
from ancrage.sources.envelope import RETRY
from ancrage.sources.given import Given, Judgement, copy_given, rows_of_text, unwrapped
from ancrage.sources.given_refused import told_of_given
from ancrage.sources.mirror import copy_from_mirror
from ancrage.sources.outcome import Outcome, State
from ancrage.sources.progress import Progress
from ancrage.sources.provenance import Provenance, tool_version
from ancrage.sources.snapshots import Snapshot, SnapshotStore
from ancrage.sources.transport import Timing

Door = Callable[[Source, Resource, Sequence[Path], Provenance], tuple[str, ...]]
"""Tries what will be read of the files, and tells what will be set aside of them."""


def open_door(*_: object) -> tuple[str, ...]:
    """Let in whatever has the columns declared: for who reads the files otherwise than a build does."""
    return ()


@dataclass(frozen=True, slots=True)
class Route:
    """Where resources come from: a file given, a mirror, the producers; a département for the API."""

    client: httpx.Client
    progress: Progress
    clock: Callable[[], datetime]
    mirror: Path | None = None
    department: str | None = None
    timing: Timing = field(default_factory=Timing)
    limiter: RateLimiter = field(default_factory=RateLimiter)
    door: Door = open_door
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """The reception of one resource."""

    source: Source
    resource: Resource
    store: SnapshotStore
    route: Route

    def run(self) -> Outcome:
        """Receive it; what the source did wrong is an outcome, a fault of this machine is raised."""
        if self.resource.format is Format.SERVICE:
            return self._outcome(State.LEFT, self.resource.note)
        try:
            if self.route.given:
                return self._from_file(self.route.given)
            return self._from_mirror(self.route.mirror) if self.route.mirror else self._from_producer()
        except (SourceUnavailableError, SourceContentError) as error:
            told = f"{error.message} {error.hint}".strip()
            return self._outcome(State.FAILED, told, *error.repairs, error=error)
        except (AncrageError, OSError):
            raise
        except Exception as error:
            # Nobody foresaw this content: it must not keep from receiving the sources that follow.
            told = " ".join(str(error).split())[:80] or type(error).__name__
            refused = SourceContentError(f"Le contenu reçu ne se lit pas ({told}).", RETRY)
            return self._outcome(State.FAILED, f"{refused.message} {refused.hint}", error=refused)

    def _from_file(self, given: Given) -> Outcome:
        workplace = self.store.workplace(self.source.id, self.resource.id)
        file = copy_given(given.path, workplace, self.route.progress)
        try:
            file = unwrapped(file, self.resource)
            provenance = self._provenance(f"fichier donné : {given.path.name}")
            fictitious = provenance.fictitious or given.fictitious
            return self._keep([file], replace(provenance, fictitious=fictitious), given)
        except SourceContentError as error:
            raise told_of_given(error, file, self.source, self.resource) from error
        finally:
            file.unlink(missing_ok=True)

    def _from_mirror(self, folder: Path) -> Outcome:
        mapping = self.resource.mirror
        if mapping is None:
            return self._outcome(State.LEFT, "le miroir ne la prévoit pas")
        if mapping.optional and not any(next(folder.glob(one), None) for one in mapping.paths):
            return self._outcome(State.LEFT, "facultative : le miroir ne la tient pas")
        if mapping.sample and (current := self._latest()) and not current.provenance.sample:
            return self._outcome(State.LEFT, "un échantillon ne remplace pas les données complètes déjà là")
        workplace = self.store.workplace(self.source.id, self.resource.id)
        files = copy_from_mirror(folder, mapping, workplace, self.route.progress)
        origin = f"miroir : {', '.join(mapping.paths)}"
        return self._keep(files, self._provenance(origin, sample=mapping.sample, note=mapping.note))

    def _from_producer(self) -> Outcome:
        if not self.resource.addresses:
            return self._outcome(State.LEFT, self.resource.note or "aucune adresse déclarée")
        if self.resource.format is Format.API:
            return self._from_api()
        failures: list[AncrageError] = []
        for address in self.resource.addresses:
            try:
                return self._from_address(address)
            except (SourceUnavailableError, SourceContentError) as error:
                failures.append(error)
        raise failures[0]

    def _from_address(self, address: Address) -> Outcome:
        current = self._latest()
        received = download(
            address,
            self.store.workplace(self.source.id, self.resource.id),
            client=self.route.client,
            timing=self.route.timing,
            progress=self.route.progress,
            known=_version(current) if current and self.store.is_intact(current) else None,
        )
        if received is None:
            return self._unchanged(current)
        version = received.version
        provenance = self._provenance(address.url, etag=version.etag, last_modified=version.last_modified)
        return self._keep([received.path], provenance)

    def _from_api(self) -> Outcome:
        department, address = self.route.department, self.resource.addresses[0].url
        if department is None:
            return self._outcome(State.LEFT, "précisez le département", GiveField("departement", ("23",)))
        one = self.resource.model_copy(update={"id": f"{self.resource.id}-{department.lower()}"})
        workplace = self.store.workplace(self.source.id, one.id)
        route = self.route
        harvest = Harvester(
            address, department, workplace, route.client, route.timing, route.progress, limiter=route.limiter
        ).run()
        here = replace(self, resource=one)
        origin = f"{address} (département {department})"
        return here._keep([harvest.path], here._provenance(origin, remarks=harvest.remarks))

    def _keep(self, files: Sequence[Path], provenance: Provenance, given: Given | None = None) -> Outcome:
        """Check, then publish; a file refused is thrown away, so that the next reception starts afresh."""
        try:
            checked = check_received(files, self.resource, sample=provenance.sample or given is not None)
            set_aside = self.route.door(self.source, self.resource, files, provenance)
            judged = self._judged(files[0], checked.rows, given) if given else None
        except Exception:
            if given is None:
                for path in files:
                    path.unlink(missing_ok=True)
            raise
        seen = replace(
            provenance,
            rows=checked.rows,
            rejected=len(checked.rejects),
            remarks=(*provenance.remarks, *checked.remarks, *set_aside),
        )
        kept = _as_judged(seen, judged, self._latest()) if judged else seen
        snapshot, new = self.store.add(files, kept, rejects=checked.rejects)
        state = State.NEW if new else State.UNCHANGED
        return replace(self._outcome(state, _told(snapshot.provenance)), snapshot=snapshot)

    def _judged(self, path: Path, rows: int | None, given: Given) -> Judgement:
        known = rows if rows is not None else rows_of_text(path, self.resource)
        return given.judge(self.source, self.resource, path, known)

    def _unchanged(self, current: Snapshot | None) -> Outcome:
        if current is None:
            raise SourceUnavailableError(
                f"Le serveur dit « {self.resource.id} » inchangé, mais rien n'en a été reçu.", "Relancez."
            )
        self.store.mark_checked(current, self.route.clock())
        return self._outcome(State.UNCHANGED, "le producteur n'a rien publié de nouveau")

    def _provenance(
        self,
        origin: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        sample: bool = False,
        note: str = "",
        remarks: tuple[str, ...] = (),
    ) -> Provenance:
        return Provenance(
            source=self.source.id,
            resource=self.resource.id,
            origin=origin,
            fetched_at=self.route.clock(),
            licence=self.source.licence,
            vintage=self.source.vintage,
            etag=etag,
            last_modified=last_modified,
            sample=sample,
            fictitious=self.source.fictitious,
            note=note,
            remarks=remarks,
            tool_version=tool_version(),
        )

    def _latest(self) -> Snapshot | None:
        return self.store.latest(self.source.id, self.resource.id)

    def _outcome(
        self, state: State, told: str, *repairs: Repair, error: AncrageError | None = None
    ) -> Outcome:
        return Outcome(self.source.id, self.resource.id, state, self._latest(), told, repairs, error)


def _as_judged(provenance: Provenance, judged: Judgement, before: Snapshot | None) -> Provenance:
    older = _older(judged.treated, before.provenance.treated if before else "")
    return replace(
        provenance,
        sample=judged.sample,
        note=judged.note,
        vintage=judged.vintage or provenance.vintage,
        covered=judged.covered,
        treated=judged.treated,
        begun=judged.begun,
        remarks=(*provenance.remarks, *judged.remarks, *older),
    )


def _older(treated: str, before: str) -> tuple[str, ...]:
    """Said of a file that goes less far than the one it replaces."""
    if not (treated and treated < before):
        return ()
    days = [short_day(date.fromisoformat(one)) for one in (treated, before)]
    told = f"plus ancien que celui qu'il remplace (dernier traitement le {days[0]}, contre le {days[1]})"
    return (told,)


def _version(snapshot: Snapshot) -> Version:
    told = snapshot.provenance
    return Version(told.origin, told.etag, told.last_modified)


def _told(provenance: Provenance) -> str:
    """French summary of what was kept."""
    parts = [f"échantillon : {provenance.note}"] if provenance.sample else []
    if provenance.rejected:
        parts.append(
            f"{count(provenance.rejected, 'ligne inutilisable', 'lignes inutilisables')} (rejets.csv)"
        )
    return " ; ".join([*parts, *provenance.remarks])
