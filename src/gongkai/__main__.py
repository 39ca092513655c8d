"""``python -m gongkai``: the command line."""

from gongkai.cli import main

main(prog_name="gongkai")
