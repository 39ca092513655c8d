"""The data folder a command works on."""

from __future__ import annotations

import os
from pathlib import Path

import click


def data_folder(given: Path | None) -> Path:
    """`given`, else GONGKAI_DATA, else the usual place. Raises UsageError when a setting in the environment is wrong."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - only the platform's commands need Django

    try:
        from gongkai.web.settings.environment import default_data  # noqa: PLC0415 - importing it reads the environment
    except ImproperlyConfigured as error:
        raise click.UsageError(str(error)) from error
    return (given or Path(os.environ.get("GONGKAI_DATA") or default_data())).expanduser().resolve()
