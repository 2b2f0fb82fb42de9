"""The commands: python -m app run | migrate | demo | rehearse | backup | restore | reset-link | spc."""

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from app import config as settings
from app.config import Config, Unsafe

# All else is imported by the command that needs it, so that the others start quickly.


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Throughline: shared boards for problems that belong to no one alone."""
    try:
        context.obj = settings.read()
    except Unsafe as unsafe:
        raise click.ClickException(str(unsafe)) from unsafe


@main.command()
@click.pass_obj
def migrate(config: Config) -> None:
    """Bring the database to the newest shape."""
    from app import commands

    commands.migrate(config)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print what there is as JSON.")
@click.pass_obj
def demo(config: Config, as_json: bool) -> None:
    """Fill the demo space, if it is not there yet, and tell what is in it."""
    from app import commands

    found = commands.demo(config)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    click.echo(f"{found.space['url']}\nJoin as a guest at {found.join['url']}")
    for person in found.people:
        click.echo(f"{person['name']}, {person['organisation']}: {person['email']}, {person['password']}")


@main.command()
@click.option("--board", default="", help="The board's id: the last part of its address.")
@click.option("--workshop", default="", help="Or the id of a workshop, which is led along its run-sheet.")
@click.option("--people", type=click.IntRange(1, 5000), help="200 on a board, 40 in a workshop, if not said.")
@click.option("--phones", default=0, type=click.IntRange(0), help="How many of them are on the outline.")
@click.option(
    "--rate",
    default=20.0,
    show_default=True,
    type=click.FloatRange(0.1),
    help="Ops a second of all together.",
)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1))
@click.option(
    "--speed",
    default=30.0,
    show_default=True,
    type=click.FloatRange(1, 1000),
    help="Of a workshop: so many times as fast as people are.",
)
@click.option("--seed", default=1, show_default=True, help="Of a workshop: what people write and choose.")
@click.option("--url", default="", help="Where the server listens, if not at BASE_URL.")
@click.option("--pid", default=0, help="The server's process, if it cannot be found by its port.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def rehearse(
    config: Config, /, board: str, workshop: str, people: int | None, as_json: bool, **more: Any
) -> None:
    """Let simulated people meet on a copy of a board or of a workshop, and tell how that went.

    The server has to run. Give this the same settings: it makes the copy in the server's database, and
    removes it. A workshop is led along its run-sheet, from its doors to its minutes.
    """
    from app.rehearse import command

    if bool(board) is bool(workshop):
        raise click.ClickException("Name a board or a workshop: --board ID, or --workshop ID.")
    if workshop:
        sound = command.run_workshop(config, workshop, people, as_json, more)
    else:
        sound = command.run_board(config, board, people, as_json, more)
    if not sound:
        raise SystemExit(1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(config: Config, file: Path) -> None:
    """Write all there is to FILE, while people go on working, and read it back to be sure.

    Sign-ins and mail that waits are not in it. All else is: keep it as safe as the server.
    """
    from app import commands

    rows = commands.backup(config, file)
    click.echo(f"{_counted(rows)} are in {file}, which was read back and checked.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put it in place of all that is in the database now.")
@click.pass_obj
def restore(config: Config, file: Path, replace: bool) -> None:
    """Put a backup into an empty database. Stop the server first; everybody signs in again afterwards."""
    from app import commands

    rows = commands.restore(config, file, replace=replace)
    click.echo(f"{_counted(rows)} are restored from {file}. Everybody has to sign in again.")


@main.command("reset-link")
@click.argument("email")
@click.pass_obj
def reset_link(config: Config, email: str) -> None:
    """Print a link by which the person with this address sets a new password: it works once, for a day."""
    from app import commands

    click.echo(commands.reset_link(config, email))
    click.echo("Whoever opens it can sign in as them. They are told of it when they sign in.", err=True)


def _counted(rows: dict[str, int]) -> str:
    words = {"person": "people", "space": "spaces", "board": "boards", "item": "items"}
    *most, last = [f"{rows[one]} {one if rows[one] == 1 else many}" for one, many in words.items()]
    return f"{', '.join(most)} and {last}"


@main.command()
@click.option("--strict", is_flag=True, help="Answer as NHSRplotthedots 0.2.2 does, odd cases included.")
@click.option("--run", "as_run", is_flag=True, help='Read run charts: {"values": [...]}.')
def spc(strict: bool, as_run: bool) -> None:
    """Read measures over time, as JSON from stdin: an object, or a list of them.

    A series is {"options": {...}, "observations": [{"date": "2024-01-31", "value": 1.5}, ...]}.
    """
    from app.outcomes.spc import command

    click.echo(command.answer(sys.stdin.buffer.read(), strict=strict, run=as_run))


@main.command()
@click.pass_obj
def run(config: Config) -> None:
    """Migrate, fill the demo space if the database is empty and ours to fill, and serve."""
    from app import commands, logs
    from app.main import create_app, services
    from app.realtime import server

    logs.configure(config.log)
    line = commands.listen(config)
    commands.prepare_database(config)
    app = create_app(config)
    how = server.config(app, proxies=config.proxies)
    server.Server(
        how,
        ready=lambda: click.echo(f"Throughline is at {config.base_url}"),
        leaving=lambda: services(app).rooms.farewell(),
    ).run([line])


if __name__ == "__main__":
    main()
