"""The people of the demonstration: every role in one bureau of the city and in a county, others where needed."""

from gongkai.web.organs.models import Role

# (sign-in name, Chinese name, organ's slug, role)
PEOPLE = (
    ("admin", "关明远", "wangjin", Role.ADMIN),
    ("shenji", "严守正", "wangjin", Role.AUDITOR),
    ("zhuguan", "尹秋白", "wangjin", Role.SUPERVISOR),
    ("fuhe", "晏知秋", "wangjin", Role.SUPERVISOR),
    ("qicao", "周文静", "wangjin-zjj", Role.DRAFTER),
    ("shenhe", "何立", "wangjin-zjj", Role.SECTION_REVIEWER),
    ("baomi", "沈默言", "wangjin-zjj", Role.SECRECY_REVIEWER),
    ("gongkai", "陆知微", "wangjin-zjj", Role.OGI_OFFICE),
    ("shenqian", "方既白", "wangjin-zjj", Role.APPROVER),
    ("chengban", "谢清和", "wangjin-zjj", Role.CASE_OFFICER),
    ("dongling", "韩在野", "dongling", Role.ADMIN),
    ("dongling-qicao", "温如许", "dongling-jyj", Role.DRAFTER),
    ("dongling-shenhe", "纪怀瑾", "dongling-jyj", Role.SECTION_REVIEWER),
    ("dongling-baomi", "宁致远", "dongling-jyj", Role.SECRECY_REVIEWER),
    ("dongling-gongkai", "祝星阑", "dongling-jyj", Role.OGI_OFFICE),
    ("dongling-shenqian", "闻人语", "dongling-jyj", Role.APPROVER),
    ("wjw-qicao", "叶舒窈", "wangjin-wjw", Role.DRAFTER),
    ("wjw-gongkai", "易安然", "wangjin-wjw", Role.OGI_OFFICE),
)
