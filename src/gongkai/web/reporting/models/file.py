"""Original documents under the hash of their content."""

from django.db import models
from django.utils import timezone


class ReportFile(models.Model):
    """One content, however many reports were read from it. The bytes lie under `path` in the data folder's files."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("大小")
    kind = models.CharField("格式", max_length=10, blank=True)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "报告原件"

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Its place in the default storage."""
        return f"reports/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
