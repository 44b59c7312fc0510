"""``people`` and ``audit``: who may sign in and do what, and what was done; run at the machine of the server."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cbi.commands.options import Language, Yes, of_the_store
from cbi.i18n import mark

commands = typer.Typer()
people = typer.Typer(no_args_is_help=True)
commands.add_typer(people, name="people", help=mark("People who sign in at a server: invite them, give them roles."))

RoleName = Literal["viewer", "contributor", "editor", "approver", "administrator"]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help=mark("The person's e-mail address."))]
CityOf = Annotated[
    str | None, typer.Option("--city", help=mark("In this city; without it, in all cities and on the server."))
]
Only = Annotated[
    str,
    typer.Option(
        "--only",
        metavar="PLACES",
        help=mark("What a contributor may answer: ids of indicators or components, or profile, with commas between."),
    ),
]
Name = Annotated[str, typer.Option("--name", help=mark("The person's name; by default that of their sign-in."))]
By = Annotated[str, typer.Option("--person", help=mark("Your own name; by default the one that is kept."))]


@people.command("list", help=mark("List the people with their roles."))
def list_people(city: CityOf = None, language: Language = "en") -> None:
    """Print the people of a city, or all."""
    from cbi.store import administering

    typer.echo(of_the_store(lambda: administering.list_people(city, language), language))


@people.command(help=mark("Invite a person, or give one who is known a role in another city."))
def invite(
    address: Address,
    role: Annotated[RoleName, typer.Option("--role", help=mark("What the person may do."))],
    city: CityOf = None,
    name: Name = "",
    only: Only = "",
    person: By = "",
    language: Language = "en",
) -> None:
    """Invite a person by their address."""
    from cbi.store import administering

    wanted = administering.Wanted(role, city, only)
    typer.echo(of_the_store(lambda: administering.invite(address, name, wanted, person, language), language))


@people.command(help=mark("Give a person another role; “none” takes it away. It counts at once."))
def role(
    address: Address,
    role: Annotated[Literal[RoleName, "none"], typer.Argument(metavar="ROLE", help=mark("What the person may do."))],
    city: CityOf = None,
    only: Only = "",
    person: By = "",
    language: Language = "en",
) -> None:
    """Change the role of a person."""
    from cbi.store import administering

    wanted = administering.Wanted(role, city, only)
    typer.echo(of_the_store(lambda: administering.give_role(address, wanted, person, language), language))


@people.command(help=mark("Switch a person off, at once and in all cities."))
def off(address: Address, person: By = "", language: Language = "en") -> None:
    """Switch a person off."""
    from cbi.store import administering

    typer.echo(of_the_store(lambda: administering.switch(address, person, language, on=False), language))


@people.command(help=mark("Switch a person on again."))
def on(address: Address, person: By = "", language: Language = "en") -> None:
    """Switch a person on again."""
    from cbi.store import administering

    typer.echo(of_the_store(lambda: administering.switch(address, person, language, on=True), language))


@people.command(help=mark("Remove a person's name and address for good; what they did stays under a number."))
def forget(address: Address, yes: Yes = False, person: By = "", language: Language = "en") -> None:
    """Remove a person's data with --yes."""
    from cbi.store import administering

    typer.echo(of_the_store(lambda: administering.forget(address, person, language, confirmed=yes), language))


@people.command(help=mark("Name the first administrator of the server."))
def first(
    address: Address,
    name: Name = "",
    force: Annotated[
        bool, typer.Option("--force", help=mark("Also where there is one, because nobody can sign in any more."))
    ] = False,
    language: Language = "en",
) -> None:
    """Name the first administrator."""
    from cbi.store import administering

    typer.echo(of_the_store(lambda: administering.first(address, name, language, force=force), language))


@commands.command(help=mark("Print the audit trail: sign-ins, roles, locks, imports, exports."))
def audit(
    city: Annotated[str | None, typer.Option("--city", help=mark("Only of this city."))] = None,
    csv: Annotated[bool, typer.Option("--csv", help=mark("Print CSV for spreadsheets."))] = False,
    language: Language = "en",
) -> None:
    """Print the audit trail."""
    from cbi.store import administering

    typer.echo(of_the_store(lambda: administering.audit(city, language, as_csv=csv), language), nl=not csv)
