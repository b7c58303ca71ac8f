"""The command `ovikello`."""

import os

import click

from server.cli import (
    backups,
    case_files,
    channels,
    data_tokens,
    devices,
    importing,
    logs,
    national,
    office,
    organisations,
    people,
    retention,
    running,
    statements,
    views,
)


@click.group()
@click.version_option(package_name="ovikello")
def main() -> None:
    """Ovikello: a home-visit log that works offline, and the server that reconciles it.

    Settings come from the environment: OVIKELLO_DATA_DIR, OVIKELLO_DATABASE_URL,
    OVIKELLO_SECRET_KEY, OVIKELLO_SECRET_KEY_BEFORE, OVIKELLO_PRODUCTION,
    OVIKELLO_TRUSTED_PROXIES, OVIKELLO_CONTACT, OVIKELLO_DATABASE_POOLER,
    OVIKELLO_LIVE, OVIKELLO_SCAN_COMMAND.
    """
    os.umask(0o077)  # what we keep is nobody else's


for command in (
    running.serve,
    running.demo,
    running.migrate,
    running.worker,
    running.rotate_push_keys,
    running.openapi,
    running.kinds,
    running.constants,
    backups.backup,
    backups.restore,
    backups.restored,
    people.user,
    people.team,
    organisations.organisation,
    case_files.case,
    case_files.access,
    importing.import_,
    devices.device,
    channels.channel,
    logs.log,
    statements.statement,
    views.views,
    data_tokens.token,
    retention.retention,
    national.codes,
    office.caseload,
    office.stand_in,
    office.own_list,
    office.access_log,
    office.client_data_,
):
    main.add_command(command)
