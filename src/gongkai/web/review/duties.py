"""The four duties of a review, in their order, and the roles that fulfil them (domain rule: Art. 17, 先审查、后公开)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.organs.models import Role

UNIT, SECRECY, OFFICE, APPROVAL = "unit", "secrecy", "office", "approval"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: `at_unit` means that a post over the drafting unit is enough."""

    key: str
    title: str
    role: Role
    at_unit: bool = False


DUTIES = (
    Duty(UNIT, "科室审核", Role.SECTION_REVIEWER, at_unit=True),
    Duty(SECRECY, "保密审查", Role.SECRECY_REVIEWER),
    Duty(OFFICE, "公开机构审核", Role.OGI_OFFICE),
    Duty(APPROVAL, "审签", Role.APPROVER),
)
BY_KEY = {duty.key: duty for duty in DUTIES}
# Without these two nothing may be published at all, however small the organ.
NEEDED = (SECRECY, APPROVAL)
