"""The commands: python -m app run | migrate | demo | rehearse | backup | restore."""

import asyncio

import click

from app import config as settings
from app import logs
from app.config import Config, Unsafe
from app.db import Database
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
    from app.main import create_app  # here, so that the other commands start quickly
    from app.realtime import server

    logs.configure(config.log)
    asyncio.run(_migrate(config))
    app = create_app(config)
    click.echo(f"Throughline is at {config.base_url}")
    proxies = [name.strip() for name in config.trusted_proxies.split(",") if name.strip()]
    how = server.config(app, config.host, config.port, proxies=proxies)
    server.Server(how, leaving=lambda: app.state.rooms.farewell()).run()


if __name__ == "__main__":
    main()
