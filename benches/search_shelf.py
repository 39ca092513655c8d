"""Documents and judged queries for the search bench: a seeded crowd of believable items, and forty written by hand.

The crowd shares the words of the hand-written ones, so that finding them takes more than holding the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from gongkai.web.search.document import Kind, SearchDocument

PLACES = ("临禾市", "东坡县", "西屏县", "南浦区", "北苑区", "文昌街道", "柳溪镇", "石桥镇", "白塔乡", "青田镇", "望河街道", "云岭乡")
ORGANS = ("人民政府", "财政局", "教育局", "民政局", "水务局", "住房和城乡建设局", "自然资源局", "生态环境局", "交通运输局", "农业农村局",
          "卫生健康局", "应急管理局", "市场监督管理局", "人力资源和社会保障局", "医疗保障局", "审计局", "文化广电和旅游局", "城市管理局")  # fmt: skip
MATTERS = ("老旧小区改造", "城市供水", "最低生活保障", "义务教育招生", "住房公积金", "农业保险", "污水处理", "食品安全监督抽检", "安全生产检查", "部门预算",
           "部门决算", "行政许可", "行政处罚", "公务员考试录用", "政府采购", "重大建设项目", "土地征收", "房屋征收补偿", "环境影响评价", "饮用水水源保护", "防汛抗旱",
           "森林防火", "地质灾害防治", "道路交通", "停车收费", "生活垃圾分类", "学前教育资助", "残疾人两项补贴", "特困人员供养", "医疗保险", "养老服务", "招商引资",
           "营商环境", "双随机抽查", "信息公开", "政务服务", "乡村振兴", "高标准农田建设", "农村公路养护", "河长制", "节约用水", "水土保持", "燃气安全",
           "电梯安全", "校园安全", "疫苗接种", "职业病防治", "文物保护", "公共图书馆服务", "体育设施开放", "人才引进", "创业担保贷款", "稳岗返还", "失业保险",
           "工伤保险", "工程招标投标", "国有资产出租", "专项债券", "预算绩效", "审计整改")  # fmt: skip
FORMS = ("管理办法", "实施细则", "工作方案", "实施意见", "若干措施", "情况公示", "结果公告", "工作总结", "的通知", "的公告", "的批复", "专项规划", "应急预案", "目录清单",
         "办事指南", "统计公报", "检查通报", "补助标准", "评价报告", "听证公告")  # fmt: skip
CLAUSES = (
    "各有关单位要加强组织领导，明确责任分工，确保{m}各项任务落到实处。", "{y}年，{p}{o}按照年度计划推进{m}，完成投资{n}万元。", "申请人应当向{p}{o}提交书面材料，受理之日起{d}个工作日内作出决定。",
    "对在{m}中弄虚作假的，依法追究责任；构成犯罪的，移送司法机关。", "本通知自公布之日起施行，有效期五年。", "涉及{m}的资金实行专款专用，接受财政、审计部门监督。", "公示期为{d}日，对公示内容有异议的，可以书面向{p}{o}提出。",
    "要把{m}同{k}结合起来，统筹安排，避免重复建设。", "补助标准为每户每月{d}元，按季度发放。", "经检查，共发现{k}方面问题{d}个，已责令限期整改。", "联系人：{o}办公室，联系电话：0000-66{n}。", "根据{k}工作需要，经研究，同意{p}{o}实施{m}项目。",
    "截至{y}年底，全{p}累计办理{m}事项{n}件，群众满意度较上年提高。", "第{d}条　{o}负责{m}的指导、协调和监督，{k}等部门按照职责分工做好相关工作。", "参加人员自行解决交通食宿，逾期不予受理。", "有关{k}的其他事项，按照国家和省有关规定执行。",
    "以上经费列入{y}年度预算，由{o}统一核算。", "居民、企业和其他组织可以通过政务服务平台查询{m}办理进度。",
)  # fmt: skip
THEMES = ("", "finance", "construction_environment", "science_education", "agriculture", "health_sport")
ART20 = ("", "regulations_and_normative_docs", "budget_final_accounts", "penalties_and_coercion", "livelihood_policies", "supervision_inspection")

# key, title, 文号, what its body says
WRITTEN = (
    ("lift", "临禾市既有住宅加装电梯财政补助办法", "临政规〔2023〕11号", "既有住宅加装电梯竣工验收合格后，每台给予一次性补助十五万元。四层以上无电梯的住宅可以申请。"),
    ("reform", "临禾市城镇老旧小区改造管理办法", "临政规〔2024〕6号", "二〇〇〇年底前建成的住宅小区纳入改造范围，改造资金由居民、财政和社会资本共同负担。"),
    ("reform-read", "《临禾市城镇老旧小区改造管理办法》政策解读", "", "居民出资比例一般不低于总造价的百分之五，可以使用住宅专项维修资金和住房公积金。"),
    ("waterprice", "临禾市发展和改革局关于调整城区居民生活用水价格的通知", "临发改价〔2022〕31号", "第一阶梯每立方米三元二角，年用水量不超过一百八十立方米。低收入家庭每月免收五立方米水费。"),
    ("hearing", "城区居民用水价格调整听证会公告", "", "听证会参加人由消费者、经营者、专家学者等十五人组成，报名截止于六月十日。"),
    ("dibao", "临禾市最低生活保障审核确认实施细则", "临民规〔2021〕3号", "共同生活的家庭成员人均收入低于当地标准的，可以申请。刚性支出较大的家庭可以单人纳入。"),
    ("dibao-std", "关于提高二〇二四年城乡低保标准的通知", "临民发〔2024〕8号", "城市每人每月七百二十元，农村每人每月五百八十元。"),
    ("school", "南浦区义务教育阶段学校招生入学工作实施方案", "南教发〔2024〕15号", "公办小学实行划片就近免试入学，随迁子女凭居住证登记报名。"),
    ("district", "南浦区小学招生范围一览", "", "文昌小学：文昌街以东、滨河路以北；望河小学：望河街道辖区。"),
    ("fund-rent", "关于提高租房提取住房公积金额度的通知", "临公积金〔2023〕5号", "无房职工租住商品住房的，每人每年可以提取一万八千元。多子女家庭上浮百分之五十。"),
    ("fund-loan", "住房公积金个人住房贷款最高额度调整公告", "", "双缴存职工家庭最高贷款额度由六十万元提高到八十万元。"),
    ("park", "临禾市机动车停放服务收费管理办法", "临政规〔2022〕4号", "道路泊位前三十分钟免费，夜间二十一时至次日七时免费。"),
    ("trash", "临禾市生活垃圾分类投放指南", "", "过期药品、废旧电池、荧光灯管投入红色容器；大骨、贝壳属于其他垃圾。"),
    ("flood", "临禾市防汛应急预案", "临政办发〔2023〕19号", "禾江水文站水位达到三十二点五米时，启动二级应急响应，转移低洼地区群众。"),
    ("source", "关于划定柳溪水库饮用水水源保护区的批复", "临政函〔2020〕47号", "一级保护区为水库正常蓄水位以下全部水域，保护区内禁止网箱养殖。"),
    ("budget", "临禾市水务局2024年部门预算", "", "一般公共预算财政拨款支出四千三百万元，公务用车运行维护费二十一万元，公务接待费三万元。"),
    ("sangong", "临禾市本级2023年三公经费决算汇总情况说明", "", "因公出国（境）费用比上年减少，公务接待批次下降。"),
    ("penalty", "临环罚〔2023〕28号行政处罚决定书", "临环罚〔2023〕28号", "青禾纸业有限公司通过暗管排放水污染物，罚款四十六万元，责令停产整治。"),
    ("eia", "年产三万吨再生纤维项目环境影响报告书审批公示", "", "建设单位为青禾纤维有限公司，位于石桥镇工业集中区，卫生防护距离三百米。"),
    ("land", "东坡县二〇二三年度第四批次征收土地公告", "东自然资告〔2023〕22号", "征收石桥镇桥东村集体土地二十二点六公顷，用于污水处理厂扩建。"),
    ("house", "望河片区国有土地上房屋征收补偿方案", "临政发〔2021〕9号", "被征收人可以选择货币补偿或者产权调换，搬迁费每平方米十五元，过渡期二十四个月。"),
    ("disabled", "困难残疾人生活补贴和重度残疾人护理补贴发放办法", "临残联〔2022〕7号", "重度护理补贴每人每月一百一十元，通过一卡通发放，可以跨省通办。"),
    ("poorold", "特困人员救助供养工作规程", "临民发〔2020〕21号", "无劳动能力、无生活来源、无法定赡养人的老年人可以选择集中供养或者分散供养。"),
    ("elder", "高龄津贴发放对象和标准", "", "年满八十周岁的老年人每月五十元，百岁以上每月五百元，从户籍年龄达到次月起发放。"),
    ("insure", "城乡居民基本医疗保险参保缴费公告", "临医保发〔2023〕40号", "个人缴费每人三百八十元，新生儿出生九十天内参保的，从出生之日起享受待遇。"),
    ("drug", "高血压糖尿病门诊用药保障机制", "临医保发〔2020〕12号", "两病门诊用药政策范围内支付比例百分之六十，不设起付线。"),
    ("job", "失业人员灵活就业社会保险补贴申领指南", "", "就业困难人员灵活就业后缴纳养老保险费的，可以按不超过三分之二申领补贴，期限三年。"),
    ("loan", "小额创业担保贷款贴息实施办法", "临人社规〔2023〕2号", "个人贷款额度最高三十万元，小微企业最高四百万元，财政给予百分之五十贴息。"),
    ("exam", "临禾市二〇二四年度考试录用公务员面试公告", "", "面试采取结构化方式，考生凭身份证和面试通知单于七时三十分前报到。"),
    ("recruit", "事业单位公开招聘高层次人才简章", "", "博士研究生给予安家费三十万元，免笔试，采用考察方式。"),
    ("purchase", "政府集中采购目录及限额标准", "临财购〔2023〕1号", "货物服务类分散采购限额标准五十万元，工程类一百万元。"),
    ("road", "柳石公路改建工程初步设计批复", "临交函〔2022〕33号", "路线全长十八点四公里，采用二级公路标准，设计速度每小时六十公里。"),
    ("fire", "森林防火禁火令", "临政通〔2024〕1号", "每年十月一日至次年五月三十一日为防火期，禁止上坟烧纸、野外烧烤。"),
    ("gas", "餐饮场所燃气安全专项整治方案", "临安委办〔2023〕17号", "使用瓶装液化气的餐饮场所必须安装可燃气体报警装置，更换不合格软管。"),
    ("food", "学校食堂食品安全监督抽检结果通告（二〇二四年第三期）", "", "某小学食堂自制面点检出铝残留量不合格，已立案调查。"),
    ("farm", "水稻完全成本保险试点实施方案", "临农发〔2023〕26号", "每亩保险金额一千二百元，各级财政承担保费百分之八十，农户自缴百分之二十。"),
    ("bus", "城区公交线路优化调整公告", "", "取消九路，新增二十三路高铁站至人民医院，首班六时，末班二十一时三十分。"),
    ("open", "临禾市人民政府信息公开申请答复规范", "临政办〔2021〕14号", "收到申请之日起二十个工作日内答复，需要延长的经负责人同意并告知申请人。"),
    ("fee", "政府信息公开信息处理费收取办法", "", "同一申请人一年内申请超过一百件的部分，按件计收。"),
    ("review", "行政复议体制改革实施方案", "临委办发〔2021〕13号", "县级以上人民政府只保留一个行政复议机关，统一行使行政复议职责。"),
)  # fmt: skip

# what is typed, and which of WRITTEN answer it (best judged first; any of them counts for the reciprocal rank)
JUDGED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("加装电梯补助", ("lift",)), ("老楼装电梯 补贴", ("lift",)), ("既有住宅加装电梯财政补助办法", ("lift",)), ("老旧小区改造管理办法", ("reform", "reform-read")),
    ("旧改 居民出资比例", ("reform-read",)), ("老旧小区改造政策解读", ("reform-read",)), ("临政规〔2024〕6号", ("reform",)), ("临政规[2023]11号", ("lift",)),
    ("居民生活用水价格", ("waterprice", "hearing")), ("阶梯水价", ("waterprice",)), ("水价听证会", ("hearing",)), ("低收入家庭 免收水费", ("waterprice",)),
    ("低保申请条件", ("dibao",)), ("低保标准", ("dibao-std",)), ("最低生活保障审核确认", ("dibao",)), ("农村低保每月多少钱", ("dibao-std",)), ("小学入学划片", ("school", "district")),
    ("南浦区 学区", ("district", "school")), ("随迁子女入学", ("school",)), ("租房提取公积金", ("fund-rent",)), ("公积金贷款最高额度", ("fund-loan",)), ("多子女家庭公积金", ("fund-rent",)),
    ("停车收费 夜间免费", ("park",)), ("过期药品 垃圾分类", ("trash",)), ("废旧电池扔哪个桶", ("trash",)), ("禾江水位 应急响应", ("flood",)), ("柳溪水库水源保护区", ("source",)),
    ("水务局2024年部门预算", ("budget",)), ("三公经费决算", ("sangong",)), ("青禾纸业", ("penalty",)), ("暗管排污 罚款", ("penalty",)), ("再生纤维项目环评", ("eia",)),
    ("石桥镇桥东村征地", ("land",)), ("望河片区拆迁补偿", ("house",)), ("重度残疾人护理补贴", ("disabled",)), ("无劳动能力老人集中供养", ("poorold",)), ("八十岁高龄津贴", ("elder",)),
    ("新生儿医保", ("insure",)), ("糖尿病门诊用药", ("drug",)), ("灵活就业社保补贴", ("job",)), ("创业担保贷款贴息", ("loan",)), ("公务员面试公告", ("exam",)), ("“分散采购限额标准”", ("purchase",)),
    ("柳石公路", ("road",)), ("烧纸 禁火令", ("fire",)), ("瓶装液化气 报警装置", ("gas",)), ("食堂面点铝残留", ("food",)), ("高鐵站 公交線路", ("bus",)), ("信息供开申请答复", ("open",)),
    ("行政付议体制改革", ("review",)),
)  # fmt: skip


def crowd(count: int, seed: int = 7) -> Iterator[SearchDocument]:
    """`count` documents, the hand-written ones spread among them; the same for the same count and seed."""
    random, step = Random(seed), max(1, count // (len(WRITTEN) + 1))
    written = iter(WRITTEN)
    for number in range(count):
        one = next(written, None) if number % step == step - 1 else None
        yield _written(*one, random) if one else _made(number, random)
    for one in written:
        yield _written(*one, random)


def vocabulary() -> tuple[str, ...]:
    """Words to ask for."""
    return (*MATTERS, *FORMS, *PLACES, *ORGANS)


def _written(key: str, title: str, number: str, says: str, random: Random) -> SearchDocument:
    body = f"{says}{_body(random, random.randrange(2, 6))}"
    return _document(f"w-{key}", Kind.INTERPRETATION if "解读" in title else Kind.ITEM, title, body, number, random)


def _made(number: int, random: Random) -> SearchDocument:
    place, organ, matter = random.choice(PLACES), random.choice(ORGANS), random.choice(MATTERS)
    year, form = random.randrange(2012, 2025), random.choice(FORMS)
    title = f"{place}{organ}关于{year}年{matter}{form}" if random.random() < 0.6 else f"{place}{matter}{form}（{year}年第{number % 40 + 1}号）"
    kind = random.choices((Kind.ITEM, Kind.INTERPRETATION, Kind.ATTACHMENT), (8, 1, 1))[0]
    code = f"{place[:1]}{organ[:1]}发〔{year}〕{number % 200 + 1}号" if random.random() < 0.5 else ""
    return _document(f"m-{number}", kind, title, _body(random, random.randrange(6, 40)), code, random)


def _body(random: Random, clauses: int) -> str:
    parts = []
    for _ in range(clauses):
        parts.append(random.choice(CLAUSES).format(
            m=random.choice(MATTERS), k=random.choice(MATTERS), p=random.choice(PLACES), o=random.choice(ORGANS),
            y=random.randrange(2012, 2025), n=random.randrange(10_000, 99_999), d=random.randrange(2, 60),
        ))  # fmt: skip
    return "\n".join(parts)


def _document(key: str, kind: Kind, title: str, body: str, number: str, random: Random) -> SearchDocument:
    organ = random.randrange(2, 60)
    return SearchDocument(
        id=f"bench.item:{key}", kind=kind, title=title, body=body, organ=organ, organs=(1, organ), document_number=number,
        art20=random.choice(ART20), theme=random.choice(THEMES), validity=random.choice(("", "in_force", "repealed")),
        moment=datetime(2012, 1, 1, tzinfo=UTC) + timedelta(hours=random.randrange(12 * 365 * 24)), url=f"/info/{key}",
    )  # fmt: skip
