"""Fill the Wagtail site: python fill_wagtail.py PAGES (BENCH_DATA in the environment).

Pages are written in bulk with the paths treebeard would give them: adding them one by one takes hours for 100,000.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django
from text import body, title

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from wagtail_site.models import Document, DocumentList, FirstPage  # noqa: E402

size, now = int(sys.argv[1]), timezone.now()
root = Page.get_first_root_node()
first = root.add_child(instance=FirstPage(title="政府信息公开", slug="bench"))
Site.objects.all().delete()
Site.objects.create(hostname="127.0.0.1", root_page=first, is_default_site=True)
shelf = first.add_child(instance=DocumentList(title="全部信息", slug="documents"))
kind = ContentType.objects.get_for_model(Document)
table = Document._meta.db_table
with transaction.atomic():
    pages = []
    last = Page.objects.order_by("-pk").values_list("pk", flat=True).first()
    for number in range(size):
        page = Page(
            pk=last + 1 + number, title=title(number), draft_title=title(number), slug=f"d{number}", content_type=kind, depth=shelf.depth + 1,
            path=Page._get_path(shelf.path, shelf.depth + 1, number + 1), url_path=f"{shelf.url_path}d{number}/", live=True, locale=first.locale,
            first_published_at=now - timedelta(minutes=20 * number + 1), numchild=0,
        )  # fmt: skip
        pages.append(page)
    Page.objects.bulk_create(pages, batch_size=500)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, number, keywords, body) VALUES (%s, %s, %s, %s)",
            [(page.pk, f"试政规〔2024〕{n % 900 + 1}号", "小区，改造", body(n)) for n, page in enumerate(pages)],
        )
    Page.objects.filter(pk=shelf.pk).update(numchild=size)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
