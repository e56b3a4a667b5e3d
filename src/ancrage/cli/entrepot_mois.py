"""``ancrage entrepot mois``: monthly stocks made into a series, in one place partitioned by month."""

from typing import TYPE_CHECKING, Annotated

import typer

from ancrage.cli.engines import Engine, EngineOption, MasterOption, MemoryOption
from ancrage.cli.interruption import heed

if TYPE_CHECKING:
    from ancrage.edition.series.building import Month


def mois(
    stocks: Annotated[
        str,
        typer.Argument(
            metavar="STOCKS",
            help="Dossier, ou s3://seau/prefixe, où chaque mois a son dossier AAAA-MM de fichiers SIRENE.",
        ),
    ],
    target: Annotated[
        str,
        typer.Option(
            "--vers", metavar="LIEU", help="Dossier, ou s3://seau/prefixe, où ranger mois=AAAA-MM/…"
        ),
    ],
    part: Annotated[
        str | None,
        typer.Option("--part", metavar="3/10", help="Ne prendre que cette part des mois ; tous, sinon."),
    ] = None,
    invented: Annotated[
        bool,
        typer.Option("--fictif", help="Ces fichiers sont inventés : le signaler partout où ils servent."),
    ] = False,
    again: Annotated[
        bool, typer.Option("--refaire", help="Refaire aussi les mois déjà là, faits des mêmes fichiers.")
    ] = False,
    memory: MemoryOption = None,
    engine: EngineOption = Engine.duckdb,
    master: MasterOption = None,
) -> None:
    """Construit et range les mois d'une série de stocks ; un mois qui échoue laisse les autres."""
    from ancrage.cli.building import told_step
    from ancrage.cli.session import now
    from ancrage.edition.series.building import Order, Outcome, build_series
    from ancrage.edition.series.stocks import share, stocks_of
    from ancrage.errors import BuildError
    from ancrage.location import data_directory
    from ancrage.sources.depot import Depot
    from ancrage.warehouse.choosing import chosen
    from ancrage.warehouse.limits import limits_of

    limits, data = limits_of(memory), data_directory()
    rank, count = _part(part)
    source = Depot.at(stocks).require()
    mine = share(stocks_of(source), rank, count)
    order = Order(source, Depot.at(target).require(), data, limits, invented, again)
    with chosen(engine.value, limits, data, master=master):
        done = build_series(mine, order, now=now, step=told_step, after=_say)
    failed = [one.stock.name for one in done if one.outcome is Outcome.FAILED]
    if failed:
        raise BuildError(
            f"Sur {len(done)} mois, {len(failed)} en échec : {', '.join(failed)}.",
            "Ce qui était rangé l'est toujours. Corrigez ces mois, puis relancez : eux seuls seront faits.",
        )
    if not mine:
        typer.echo("Aucun mois dans cette part : il y a plus de parts que de mois.")


def _part(written: str | None) -> tuple[int, int]:
    from ancrage.edition.series.stocks import PART

    if written is None:
        return 1, 1
    found = PART.fullmatch(written.strip())
    rank, count = (int(found["rank"]), int(found["count"])) if found else (0, 0)
    if not 1 <= rank <= count:
        raise typer.BadParameter(
            f"--part : « {written} » n'est pas une part ; écrivez 3/10, la troisième de dix"
        )
    return rank, count


def _say(month: "Month") -> None:
    """One line a month, as soon as it is known."""
    heed()
    mark, error = month.mark, month.error
    told = f"{month.stock.name}  {month.outcome.value}"
    if error is not None:
        told += f" : {error.message} {error.hint}".rstrip()
    elif mark is not None and month.outcome.value == "fait":
        told += f", depuis {mark.since}" if mark.since else ""
        told += f", en entier : {_of_a_month(mark.because)}" if mark.because else ""
        told += "".join(f"\n  {remark}" for remark in mark.register.get("remarks", ()))
    typer.echo(told)


def _of_a_month(because: str) -> str:
    return because.replace("l'édition en vigueur", "le mois d'avant")
