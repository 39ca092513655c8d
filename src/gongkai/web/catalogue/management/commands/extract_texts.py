"""Take the words out of every attached file that still waits for it: after a bulk import, or a lost worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.web.catalogue.models import StoredFile, TextState
from gongkai.web.catalogue.tasks import extract_text


class Command(BaseCommand):
    """Running it again only does what is left."""

    help = "提取附件文字供检索；--again连同以前失败的一起重新提取。"

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--again", action="store_true", help="重新提取以前失败的文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """One file after the other, each in its own process."""
        if options["again"]:
            StoredFile.objects.filter(text_state=TextState.FAILED).update(text_state=TextState.WAITING)
        waiting = list(StoredFile.objects.filter(text_state=TextState.WAITING).values_list("pk", flat=True))
        for sha256 in waiting:
            extract_text.func(sha256)
        done = StoredFile.objects.filter(pk__in=waiting, text_state=TextState.DONE).count()
        self.stdout.write(f"共{len(waiting)}个文件，已提取{done}个，没有文字或不能提取{len(waiting) - done}个。")
