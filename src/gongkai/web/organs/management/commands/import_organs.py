"""`import_organs FILE [--preview]`: bring in organs from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.house.actor import Actor
from gongkai.web.house.table_outcome import Outcome
from gongkai.web.organs.actions.import_organs import ImportOrgans
from gongkai.web.organs.importing.apply import preview
from gongkai.web.organs.importing.columns import read_row
from gongkai.web.organs.importing.table import CannotReadTable, read_table


class Command(BaseCommand):
    """All or nothing; running it again changes nothing."""

    help = "从CSV或XLSX导入机关。有一行出错就什么也不导入；再次运行不会重复。"

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, --preview"""
        parser.add_argument("file", type=Path)
        parser.add_argument("--preview", action="store_true", help="只看结果，不保存")
        parser.add_argument("--reason", default="", help="发布前检查的提醒可以放行的理由，记入日志")

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview, then import when there is something to do."""
        path: Path = options["file"]
        try:
            rows = [read_row(row) for row in read_table(path.name, path.read_bytes())]
        except (CannotReadTable, OSError) as error:
            raise CommandError(str(error)) from error
        outcome = preview(Actor.operator(), rows)
        stopped = outcome.failed if options["reason"].strip() else [*outcome.failed, *outcome.waiting]
        for row in stopped:
            self.stderr.write(f"{row.place} {row.name}：{'；'.join(row.errors)}")
        if stopped:
            raise CommandError(f"{len(stopped)}行有错，没有导入。", returncode=1)
        if (outcome.changes_anything or outcome.waiting) and not options["preview"]:
            fresh = [read_row(row) for row in read_table(path.name, path.read_bytes())]
            outcome = ImportOrgans(actor=Actor.operator(), rows=fresh, source=path.name, reason_for_all=options["reason"]).perform()
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(f"新建{outcome.created}，修改{outcome.revised}，无变化{outcome.unchanged}。")
