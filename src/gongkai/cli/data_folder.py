"""The data folder a command works on."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.web.data_folder import WrongSetting
from gongkai.web.data_folder import data_folder as folder_of


def data_folder(given: Path | None) -> Path:
    """`given`, else what the environment says. Raises UsageError when a setting in the environment is wrong."""
    try:
        return Path(folder_of(given))
    except WrongSetting as error:
        raise click.UsageError(str(error)) from error
