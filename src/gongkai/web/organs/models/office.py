"""The OGI office of an organ and its contact data, which the guide must state (Art. 4 and 12)."""

from django.core.validators import RegexValidator
from django.db import models

from .organ import Organ

PHONE = RegexValidator(
    r"^(\+86-)?[0-9]{3,5}(-[0-9]{3,8}){0,2}$|^1[0-9]{10}$", "电话写作区号-号码，例如0000-6620118。"
)
POSTCODE = RegexValidator(r"^[0-9]{6}$", "邮政编码是6位数字。")

# Art. 12: what the guide must state about the office.
WANTED = {
    "address": "办公地址",
    "hours": "办公时间",
    "phone": "联系电话",
    "fax": "传真",
    "online": "互联网联系方式",
}


class Office(models.Model):
    """Public data: the guide and the request page print it."""

    organ = models.OneToOneField(Organ, models.CASCADE, related_name="office")
    name = models.CharField("工作机构名称", max_length=100)
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True, validators=[POSTCODE])
    hours = models.CharField("办公时间", max_length=100, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True, validators=[PHONE])
    fax = models.CharField("传真", max_length=30, blank=True, validators=[PHONE])
    email = models.EmailField("电子邮箱", blank=True)
    online = models.URLField("互联网联系方式", blank=True)

    class Meta:
        verbose_name = "信息公开工作机构"

    def __str__(self) -> str:
        return self.name

    def missing(self) -> list[str]:
        """The names of what Art. 12 wants in the guide and is empty here."""
        return [label for field, label in WANTED.items() if not getattr(self, field)]
