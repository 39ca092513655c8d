"""A catalogue table that was uploaded and previewed, until it is imported or forgotten."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.web.organs.models import Organ


class EntryImport(models.Model):
    """The file as uploaded, for the catalogue of `organ`; belongs to who uploaded it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "待导入标准目录"
