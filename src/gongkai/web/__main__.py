"""`python -I -m gongkai.web COMMAND`: the management commands of the platform."""

import os
import sys

from gongkai.isolation import leave_current_directory


def main() -> None:
    """Run one management command with the platform's settings."""
    leave_current_directory()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai.web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
