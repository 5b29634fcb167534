"""`briefing subscribers import`: many addresses from a CSV file."""

from typing import Annotated

import typer

from briefing.cli import options


def import_command(
    name: options.DigestName,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV; - for stdin.")],
    confirmed: options.Confirmed = False,
    config: options.Config = None,
) -> None:
    """Add the addresses of a CSV file: the column `email` or `address`, or else the first.

    Nothing is added where a line holds no address: its number is said, not what it holds. With
    `--confirmed` who has unsubscribed before is asked all the same. Exit codes: 0 done, 1 a mail
    cannot be sent, 2 usage, settings or a line that cannot be used.

    Example: briefing subscribers import morning readers.csv
    """
    import csv
    import io

    from briefing.cli import post
    from briefing.cli.subscribers.inviting import invite
    from briefing.data.address import checked_address
    from briefing.edges import files, settings_file
    from briefing.errors import ConfigError

    configuration = settings_file.load(config=config)
    most = configuration.settings.limits.container_bytes
    (raw,) = files.read([file], max_bytes=most, max_files=1).documents
    try:
        lines = io.StringIO(raw.content.decode("utf-8-sig"), newline="")
        rows = [row for row in csv.reader(lines) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(
            f"{file!r} is no CSV file in UTF-8. Save it as one; nobody was added."
        ) from error
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    named = next((heads.index(one) for one in ("email", "address") if one in heads), None)
    addresses = []
    for number, row in enumerate(rows[named is not None :], start=1 + (named is not None)):
        try:
            addresses.append(checked_address(row[named or 0]))
        except (ValueError, IndexError) as error:
            raise ConfigError(
                f"row {number} of {file!r} holds no address. Correct it; nobody was added."
            ) from error
    with post.opened(configuration) as opened:
        digest = post.digest_named(name, opened.settings)
        counts = invite(opened, digest, addresses, confirmed=confirmed)
    typer.echo(counts)
