"""`verify_audit`: walk the chain; exit 1 when it is broken."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.audit import chain


class Command(BaseCommand):
    """Prints the newest seal: note it outside the machine, and give it with --expect next time."""

    help = "核对审计链。无误时返回0并给出最新封印，有断裂时返回1。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--expect SEAL"""
        parser.add_argument("--expect", default="", help="先前记下的封印，应仍在链上")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk and report."""
        settings.KEYS.demand_kept()
        breaks = list(chain.verify(options["expect"]))
        for one in breaks:
            self.stderr.write(one.message)
        if breaks:
            raise CommandError(f"审计链有{len(breaks)}处断裂。", returncode=1)
        number, seal = chain.end()
        self.stdout.write(f"审计链完整，共{number}条，最新封印{seal}")
