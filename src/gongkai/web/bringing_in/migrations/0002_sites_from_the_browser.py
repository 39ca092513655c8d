import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bringing_in", "0001_initial"),
        ("organs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VisitedSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site", models.CharField(max_length=300, unique=True)),
                ("asked_at", models.FloatField(default=0)),
                ("robots", models.TextField(default="")),
                ("robots_at", models.FloatField(default=0)),
            ],
            options={
                "verbose_name": "访问过的网站",
            },
        ),
        migrations.CreateModel(
            name="SiteRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("sitemap", models.CharField(blank=True, max_length=500, verbose_name="站点地图")),
                ("kind", models.CharField(max_length=40, verbose_name="网页未写明时的信息类别")),
                ("seconds", models.PositiveSmallIntegerField(default=1, verbose_name="两次访问的间隔")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("looking", "正在查看"),
                            ("ready", "待开始"),
                            ("running", "正在导入"),
                            ("paused", "已暂停"),
                            ("done", "已完成"),
                            ("stopped", "已停止"),
                            ("failed", "查看失败"),
                        ],
                        default="looking",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("turn", models.PositiveIntegerField(default=0)),
                ("task", models.CharField(blank=True, max_length=64)),
                ("stumbles", models.PositiveSmallIntegerField(default=0)),
                ("taken", models.PositiveBigIntegerField(default=0)),
                ("since", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                        verbose_name="发布机构",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "网站导入",
            },
        ),
        migrations.CreateModel(
            name="SiteHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site", models.CharField(max_length=300, verbose_name="网站")),
                ("addresses", models.PositiveIntegerField(verbose_name="网址")),
                ("forbidden", models.PositiveIntegerField(verbose_name="robots.txt不允许")),
                ("pause", models.FloatField(verbose_name="间隔秒数")),
                ("rules", models.CharField(max_length=200, verbose_name="robots.txt")),
                ("readable", models.BooleanField(default=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hosts",
                        to="bringing_in.siterun",
                    ),
                ),
            ],
            options={
                "verbose_name": "待导入网站",
            },
        ),
        migrations.AddField(
            model_name="sitepage",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pages",
                to="bringing_in.siterun",
            ),
        ),
        migrations.AddIndex(
            model_name="sitepage",
            index=models.Index(fields=["run", "state", "tries"], name="site_page_next"),
        ),
        migrations.AddIndex(
            model_name="siterun",
            index=models.Index(fields=["organ", "state"], name="site_run_organ"),
        ),
        migrations.AddConstraint(
            model_name="sitehost",
            constraint=models.UniqueConstraint(fields=("run", "site"), name="site_host_once"),
        ),
    ]
