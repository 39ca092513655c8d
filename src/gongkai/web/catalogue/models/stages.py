"""Where an item stands, how it is disclosed, and whether it is in force."""

from django.db import models


class Stage(models.TextChoices):
    """The one explicit state of an item. Which review step a submitted item is at is the review's to say.

    draft, returned -> submitted -> approved -> published -> withdrawn; kept is the end of an item whose attribute
    is not proactive: it is on file, findable by staff, and never public.
    """

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "审核中"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "待发布"
    PUBLISHED = "published", "已发布"
    KEPT = "kept", "存档不发布"
    WITHDRAWN = "withdrawn", "已撤下"

    @property
    def open_to_edits(self) -> bool:
        """True while its own drafter may change it."""
        return self in {Stage.DRAFT, Stage.RETURNED}


class Attribute(models.TextChoices):
    """公开属性 (Art. 13 to 16)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    NOT_PUBLIC = "not_public", "不予公开"


class Validity(models.TextChoices):
    """有效性. A document whose term has run out is expired from that day, whatever is stored (Item.validity_on)."""

    NONE = "", "不适用"
    IN_FORCE = "in_force", "现行有效"
    AMENDED = "amended", "已修改"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"
