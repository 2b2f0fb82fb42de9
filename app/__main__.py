"""The commands: python -m app run | migrate | demo | rehearse | backup | restore."""

import asyncio
import sys

import click

from app import config as settings
from app.config import Config, Unsafe
from app.db import Database, NotDurable
from app.migrate import migrate as bring_up


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
    asyncio.run(_migrate(config))


async def _migrate(config: Config) -> None:
    db = Database(config.database_url, synchronous=config.sqlite_synchronous)
    try:
        await bring_up(db)
    finally:
        await db.close()


@main.command()
@click.pass_obj
def run(config: Config) -> None:
    """Migrate, fill the demo space if the database is empty and ours to fill, and serve."""
    from app.main import create_app
    from app.realtime.server import serve

    asyncio.run(_migrate(config))
    click.echo(f"Throughline is at {config.base_url}")
    try:
        serve(create_app(config), config)
    except NotDurable as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
