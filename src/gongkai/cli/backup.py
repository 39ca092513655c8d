"""`gongkai backup` and `gongkai restore`: everything a platform holds in one file, and back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from gongkai.cli.data_folder import data_folder
from gongkai.cli.private import private_files
from gongkai.web.backup.archive import BadArchive, verify
from gongkai.web.backup.fault import DatabaseFault
from gongkai.web.backup.restoring import CannotRestore, restore
from gongkai.web.backup.sealing import WrongPassphrase
from gongkai.web.backup.taking import take
from gongkai.web.house import causes

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DATA_HELP = "数据目录；也可用环境变量GONGKAI_DATA。"
_PHRASE_HELP = "写有备份口令的文件；也可用环境变量GONGKAI_BACKUP_PASSPHRASE。"


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--data", type=_FOLDER, help=_DATA_HELP)
@click.option("--passphrase-file", type=_FILE, help=_PHRASE_HELP + "给出后备份整体加密并含密钥，否则不加密、不含密钥。")
def backup_command(folder: Path, data: Path | None, passphrase_file: Path | None) -> None:
    """把数据库、附件和密钥备份成FOLDER中的一个文件。平台可以照常运行。

    给出备份口令的，整个备份加密。写完后逐一核对；被中断时不会留下不完整的备份。备份不含登录状态。

    \b
    退出码：
      0  已备份，内容完整
      1  没有备份成功，或有附件、报告原件缺失、损坏
      2  用法不对
    """
    passphrase = _passphrase(passphrase_file)
    try:
        taken = take(data_folder(data), os.environ.get("GONGKAI_DATABASE_URL", ""), folder.expanduser(), passphrase)
    except (BadArchive, DatabaseFault, WrongPassphrase, OSError) as error:
        raise click.ClickException(_said(error, "没有备份，原有备份未动")) from error
    size = taken.path.stat().st_size / 1_000_000
    click.echo(f"已备份到{taken.path}（{size:.1f} MB，{len(taken.manifest.members)}个文件，均已核对）。")
    if not passphrase:
        click.echo(
            "备份没有加密，也不含密钥：没有密钥，加密的个人信息读不出来，审计链也无法核对。请另行保管数据目录中的keys。",
            err=True,
        )
    for what, names in (("缺失", taken.missing), ("损坏", taken.damaged)):
        if names:
            click.echo(f"有{len(names)}个附件或报告原件{what}，例如{names[0]}。请从先前的备份中找回。", err=True)
    sys.exit(1 if taken.missing or taken.damaged else 0)


@click.command()
@click.argument("archive", type=_FILE)
@click.option("--data", type=_FOLDER, help=_DATA_HELP)
@click.option("--passphrase-file", type=_FILE, help=_PHRASE_HELP)
@click.option("--force", is_flag=True, help="数据目录不空时，把它改名留存，再恢复。")
@click.option("--without-keys", is_flag=True, help="不恢复备份中的密钥。")
@click.option("--check", is_flag=True, help="只核对备份是否完整，不恢复。")
def restore_command(
    archive: Path,
    data: Path | None,
    passphrase_file: Path | None,
    force: bool,
    without_keys: bool,
    check: bool,
) -> None:
    """从备份文件ARCHIVE恢复到空的数据目录（先停止平台）。

    先逐一核对再恢复；被中断时数据目录保持原样，再次运行即可。恢复后所有人员须重新登录。

    \b
    退出码：
      0  已恢复（或核对无误）
      1  备份不完整，或不能恢复；原有数据未动
      2  用法不对
    """
    place, address = data_folder(data), os.environ.get("GONGKAI_DATABASE_URL", "")
    try:
        if check:
            manifest = verify(archive, passphrase=_passphrase(passphrase_file))
            click.echo(f"备份完整：{len(manifest.members)}个文件，备份于{manifest.facts.get('made_at')}。")
            return
        with private_files():
            manifest = restore(archive, place, address, _passphrase(passphrase_file), force, without_keys)
    except (BadArchive, CannotRestore, DatabaseFault, WrongPassphrase, OSError) as error:
        raise click.ClickException(_said(error, "没有恢复，原有数据未动")) from error
    click.echo(
        f"已恢复到{place}。审计链末尾为第{manifest.facts['audit'][0]}条。启动后自动重建检索索引，所有人员须重新登录。"
    )
    if not (place / "keys").exists():
        click.echo("没有恢复密钥。请把原来的keys文件夹放回数据目录，再启动平台。", err=True)


def _said(error: Exception, outcome: str) -> str:
    if causes.is_full(error):
        return f"磁盘空间不足，{outcome}。请腾出空间，或另选有空间的磁盘，再运行一次。"
    return str(error)


def _passphrase(path: Path | None) -> str:
    return path.read_text("utf-8").strip() if path else os.environ.get("GONGKAI_BACKUP_PASSPHRASE", "")
