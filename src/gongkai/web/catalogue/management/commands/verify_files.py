"""Whether every attached file is there and still is what it was."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.web.catalogue.files.storing import intact
from gongkai.web.catalogue.models import StoredFile


class Command(BaseCommand):
    """Exit 0 when all are intact, 1 otherwise."""

    help = "逐个核对附件内容与校验值。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Every content, by its hash."""
        broken = 0
        for row in StoredFile.objects.defer("text").iterator():
            if not intact(row):
                broken += 1
                names = "、".join(sorted({f"{one.item.index_number} {one.name}" for one in row.attachments.select_related("item")}))
                self.stderr.write(f"缺失或已改变：{row.sha256}（{names or '未被引用'}）")
        if broken:
            raise CommandError(f"{broken}个文件缺失或已改变。请从备份恢复，或重新上传同一文件。")
        self.stdout.write(f"{StoredFile.objects.count()}个文件完好。")
