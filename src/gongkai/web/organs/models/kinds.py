"""Kinds, types and levels of the nodes of the tree."""

from django.db import models


class Kind(models.TextChoices):
    """What a node is. Regions hold organs; bodies belong to an organ (Art. 10(2) for those that act outward)."""

    REGION = "region", "地区"
    ORGAN = "organ", "机关"
    INTERNAL = "internal", "内设机构"
    DISPATCHED = "dispatched", "派出机构"

    @property
    def may_stand_under(self) -> "tuple[Kind, ...]":
        """The kinds a node of this kind may have as parent."""
        return {
            Kind.REGION: (Kind.REGION,),
            Kind.ORGAN: (Kind.REGION, Kind.ORGAN),
            Kind.INTERNAL: (Kind.ORGAN, Kind.DISPATCHED, Kind.INTERNAL),
            Kind.DISPATCHED: (Kind.ORGAN,),
        }[self]


class Type(models.TextChoices):
    """What sort of organ it is, as disclosure statistics group them (empty for regions and bodies)."""

    NONE = "", "不适用"
    GOVERNMENT = "government", "人民政府"
    OFFICE = "office", "政府办公厅（室）"
    DEPARTMENT = "department", "组成部门"
    DIRECT = "direct", "直属机构"
    DISPATCHED_OFFICE = "dispatched_office", "派出机关（街道、开发区等）"
    TOWNSHIP = "township", "乡镇人民政府"
    VERTICAL = "vertical", "垂直管理部门"
    AUTHORISED = "authorised", "法律、法规授权的组织"
    PUBLIC_ENTERPRISE = "public_enterprise", "公共企事业单位"


class Level(models.IntegerChoices):
    """Level of government."""

    NATIONAL = 1, "国家"
    PROVINCE = 2, "省级"
    CITY = 3, "市级"
    COUNTY = 4, "县级"
    TOWNSHIP = 5, "乡级"
