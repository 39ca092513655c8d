"""The command line: one command a module, the same verbs as the Python API."""

from __future__ import annotations

import difflib
import importlib

import click

# command -> (module, function): a module is imported when its command is asked for, so that `gongkai due` needs no OCR
COMMANDS = {
    "read": ("gongkai.cli.read", "read_command"),
    "check": ("gongkai.cli.check", "check_command"),
    "repair": ("gongkai.cli.repair", "repair_command"),
    "write": ("gongkai.cli.write", "write_command"),
    "compare": ("gongkai.cli.compare", "compare_command"),
    "due": ("gongkai.cli.law", "due_command"),
    "fee": ("gongkai.cli.law", "fee_command"),
    "calendar": ("gongkai.cli.law", "calendar_command"),
    "serve": ("gongkai.cli.serve", "serve_command"),
    "backup": ("gongkai.cli.backup", "backup_command"),
    "restore": ("gongkai.cli.backup", "restore_command"),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command asked for; wrong usage names the nearest one there is."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"是不是要用“{near[0]}”？" if near else f"可用的命令：{'、'.join(COMMANDS)}。"
            raise click.UsageError(f"没有“{args[0]}”这个命令。{hint}/ No such command.", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="gongkai")
def main() -> None:
    """政府信息公开：年度报告的读取、核对、编写，法定期限与收费的计算。

    Government information disclosure: read, check and write annual reports; compute statutory clocks and fees.

    \b
    退出码 / exit codes:
      0  完成，没有问题          done and clean
      1  完成，有问题或有文件读不了  done, with findings or a document that could not be read
      2  用法不对              wrong usage
    """
