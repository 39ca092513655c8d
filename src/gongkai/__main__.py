"""``python -I -m gongkai``: the command line."""

from gongkai.isolation import leave_current_directory

leave_current_directory()  # before anything else is looked for

from gongkai.cli import main  # noqa: E402

main(prog_name="gongkai")
