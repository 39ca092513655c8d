"""Home addresses beside personal names, and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .spans import Span

_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])", re.ASCII)
# A mailbox of a government domain is the organ's; one that names an office is too.
_OFFICIAL_MAIL = re.compile(r"@(?:[\w-]+\.)*gov\.cn$", re.I)
# Down to a house, flat or group: what an office's address seldom has.
_HOME = re.compile(
    r"[\u3400-\u9fff]{1,12}(?:省|市|区|县|镇|乡|街道|路|街|巷|弄|村)[\u3400-\u9fff0-9A-Za-z-]{0,24}?"
    r"\d{1,5}(?:号楼|栋|幢|单元|室|户|组)(?:[0-9A-Za-z一二三四五六七八九十-]{1,8}(?:号楼|栋|幢|单元|层|室|户|号))*"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜"
    "郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲"
    "邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴"
    "胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文"
    "寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖覃商佟"
)
_NAMED = re.compile(
    rf"(?:姓名|户主|申请人|当事人|被处罚人|法定代表人|受益人|保障对象|救助对象|权利人|承租人|住户|家庭成员)[:：为\s|\t]{{0,3}}[{_SURNAMES}][\u3400-\u9fff·]{{1,3}}"
    rf"|(?<![\u3400-\u9fff])[{_SURNAMES}][\u3400-\u9fff]{{1,2}}(?=[\s,，、（(:：|\t]|(?:先生|女士|同志|户|等人?)|[男女][,，])"
)
_SPEAKS_HOME = re.compile(r"住址|住所|家庭地址|居住|现住|户籍|家住|通讯地址|住")


def emails(text: str) -> Iterator[Span]:
    """Mailboxes outside gov.cn."""
    for match in _EMAIL.finditer(text):
        if not _OFFICIAL_MAIL.search(match[0]):
            yield Span("email", match.start(), match.end(), match[0].lower(), "电子邮箱")


def addresses(text: str) -> Iterator[Span]:
    """A home with a person's name, or words that say somebody lives there, within forty signs before."""
    for match in _HOME.finditer(text):
        before = text[max(0, match.start() - 40) : match.end()]
        if _NAMED.search(before) or _SPEAKS_HOME.search(text[max(0, match.start() - 8) : match.start() + 4]):
            yield Span("home_address", match.start(), match.end(), match[0], "个人住址")
