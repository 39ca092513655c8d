"""`python -I -m gongkai.web COMMAND`: the management commands of the platform."""

import os
import sys

from gongkai.isolation import leave_current_directory


def main() -> None:
    """Run one management command with the platform's settings."""
    leave_current_directory()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    from django.core.management import execute_from_command_line

    from gongkai.web.house import causes

    try:
        execute_from_command_line(["gongkai.web", *sys.argv[1:]])
    except Exception as error:  # whatever met the full disk
        if not causes.is_full(error):
            raise
        sys.exit(f"磁盘空间不足，没有办完（{error}）。请清理数据目录所在的磁盘后再次运行。")


if __name__ == "__main__":
    main()
