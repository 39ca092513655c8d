"""`bring_in table …` and `bring_in site …`: what exists already, into the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.web.bringing_in.bringing import BATCH, Tally, bring_in, look
from gongkai.web.bringing_in.table.folder import Folder
from gongkai.web.bringing_in.table.reading import read
from gongkai.web.bringing_in.table.streaming import CannotReadTable
from gongkai.web.bringing_in.table.template import template
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Organ


class Command(BaseCommand):
    """Exit code 1 when something could not be brought in; each with its reason on standard error."""

    help = "导入已有的信息：table从CSV/XLSX和附件文件夹导入，site从已有网站的网页导入，template给出空白模板。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The three kinds."""
        kinds = parser.add_subparsers(dest="from_what", required=True)
        table = kinds.add_parser("table", help="从CSV或XLSX导入，每批一次写入，全部成功或全不写入")
        table.add_argument("file", type=Path)
        table.add_argument("--folder", type=Path, help="附件和正文文件所在文件夹")
        table.add_argument("--batch", type=int, default=BATCH, help="每批行数")
        table.add_argument("--preview", action="store_true", help="只看结果，不保存")
        site = kinds.add_parser("site", help="从网页导入：网址清单或站点地图")
        site.add_argument("--list", type=Path, help="网址清单，一行一个")
        site.add_argument("--sitemap", help="站点地图（sitemap.xml）的网址")
        site.add_argument("--rules", type=Path, help="该网站的取值规则（TOML）")
        site.add_argument("--seconds", type=float, default=1.0, help="两次访问之间至少间隔的秒数")
        site.add_argument("--limit", type=int, default=0, help="本次最多读取的网页数，0为不限")
        site.add_argument("--retry", action="store_true", help="重新读取先前失败或跳过的网页")
        site.add_argument(
            "--allow-host", action="append", default=[], metavar="HOST", help="允许读取的内网主机（可带端口）"
        )
        site.add_argument("--kind", default="其他", help="网页未写明时的信息类别")
        for one in (table, site):
            one.add_argument("--organ", required=True, help="机关代号；未写明发布机构的归此机关")
            one.add_argument("--source", help="来源名称；同一来源再次导入不重复")
            one.add_argument(
                "--publish", action="store_true", help="按原发布日期作为已发布信息导入；否则为草稿"
            )
        blank = kinds.add_parser("template", help="写出空白模板")
        blank.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Which kind."""
        if options["from_what"] == "template":
            options["file"].write_bytes(template())
            return
        organ = Organ.objects.filter(slug=options["organ"]).first()
        if organ is None:
            raise CommandError(f"没有代号为“{options['organ']}”的机关。请先导入机构名录。")
        if options["from_what"] == "table":
            self._table(organ, options)
        else:
            self._site(organ, options)

    def _table(self, organ: Organ, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        source = options["source"] or path.stem
        if options["batch"] < 1:
            raise CommandError("每批行数应不小于1。")
        try:
            with path.open("rb") as file:
                rows = read(path.name, file, organ, Folder(options["folder"]))
                if options["preview"]:
                    tally = look(rows, source, options["publish"], options["batch"])
                else:
                    tally = bring_in(
                        Actor.operator(),
                        organ,
                        rows,
                        source,
                        options["publish"],
                        options["batch"],
                        self._tell,
                    )
        except (CannotReadTable, OSError, Refused) as error:
            raise CommandError(str(error)) from error
        for place, title, errors in tally.faults:
            self.stderr.write(f"{place} {title}：{'；'.join(errors)}。")
        for one in tally.different:
            self.stderr.write(f"{one}：来源内容与上次导入时不同，平台上的未改动。")
        self._tell(tally)
        if tally.faults:
            raise CommandError(
                f"{len(tally.faults)}行有错，所在批次共{tally.held_back}行也没有导入。改正后再次运行即可，已导入的不会重复。"
                if not options["preview"]
                else f"{len(tally.faults)}行有错。",
                returncode=1,
            )

    def _tell(self, tally: Tally) -> None:
        self.stdout.write(
            f"已处理{tally.rows}行：新建{tally.created}，无变化{tally.same}，来源有变化{tally.changed}，"
            f"有错{len(tally.faults)}。"
        )

    def _site(self, organ: Organ, options: dict[str, Any]) -> None:
        from gongkai.web.bringing_in.site.command import run

        run(organ, options, self.stdout.write, self.stderr.write)
