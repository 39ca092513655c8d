"""The data folder of a command that runs outside Django."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class WrongSetting(ValueError):  # noqa: N818
    """A variable of the environment is wrong; the message (Chinese) names it."""


def data_folder(given: Path | None) -> Path:
    """`given`, else GONGKAI_DATA, else the usual place. Raises WrongSetting, whatever setting it is."""
    try:
        from gongkai.web.settings.environment import default_data  # importing it reads the environment
    except ImproperlyConfigured as error:
        raise WrongSetting(str(error)) from error
    return (given or Path(os.environ.get("GONGKAI_DATA") or default_data())).expanduser().resolve()
