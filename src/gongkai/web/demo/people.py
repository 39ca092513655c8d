"""The people of the demonstration: one for every role in one bureau, administrators and auditor above."""

from gongkai.web.organs.models import Role

# (sign-in name, Chinese name, organ's slug, role)
PEOPLE = (
    ("admin", "关明远", "wangjin", Role.ADMIN),
    ("shenji", "严守正", "wangjin", Role.AUDITOR),
    ("zhuguan", "尹秋白", "wangjin", Role.SUPERVISOR),
    ("qicao", "周文静", "wangjin-zjj", Role.DRAFTER),
    ("shenhe", "何立", "wangjin-zjj", Role.SECTION_REVIEWER),
    ("baomi", "沈默言", "wangjin-zjj", Role.SECRECY_REVIEWER),
    ("gongkai", "陆知微", "wangjin-zjj", Role.OGI_OFFICE),
    ("shenqian", "方既白", "wangjin-zjj", Role.APPROVER),
    ("chengban", "谢清和", "wangjin-zjj", Role.CASE_OFFICER),
    ("dongling", "韩在野", "dongling", Role.ADMIN),
)
