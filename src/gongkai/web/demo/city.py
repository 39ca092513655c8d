"""The organs of an invented city, 望津市, as rows of the import table. Division codes end in 99: no place has them."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.organs.importing.table import TableRow

CITY = ("wangjin", "望津市", "139900")
COUNTIES = (
    ("dongling", "东岭县", "139921"),
    ("xidu", "西渡县", "139922"),
    ("nanpu", "南浦区", "139902"),
    ("beiyuan", "北苑区", "139903"),
)
DEPARTMENTS = {
    "fgw": "发展和改革委员会", "jyj": "教育局", "kjj": "科学技术局", "gxj": "工业和信息化局", "gaj": "公安局",
    "mzj": "民政局", "sfj": "司法局", "czj": "财政局", "rsj": "人力资源和社会保障局", "zrj": "自然资源和规划局",
    "sthjj": "生态环境局", "zjj": "住房和城乡建设局", "jtj": "交通运输局", "slj": "水利局", "nyj": "农业农村局",
    "swj": "商务局", "wlj": "文化和旅游局", "wjw": "卫生健康委员会", "yjj": "应急管理局", "sjj": "审计局",
    "scjgj": "市场监督管理局", "tjj": "统计局", "ybj": "医疗保障局", "cgj": "城市管理局",
}  # fmt: skip
COUNTY_DEPARTMENTS = ("jyj", "mzj", "czj", "rsj", "zjj", "nyj", "wjw", "scjgj")
TOWNSHIPS = ("青石镇", "柳湾镇", "白沙乡")
_ROADS = ("文昌路", "望江路", "青云街", "柳堤路", "北关大街", "东湖路", "澄清巷")
STREETS = ("文庙街道", "码头街道")


def rows() -> Iterator[TableRow]:
    """Every node, parents first; the numbers are those a spreadsheet would show."""
    for number, cells in enumerate(_nodes(), start=2):
        yield TableRow(number, {title: text for title, text in cells.items() if text})


def _nodes() -> Iterator[dict[str, str]]:
    slug, name, _ = CITY
    yield from _government(slug, name, "市级")
    yield _node(
        f"{slug}-gaoxin",
        f"{name}高新技术产业开发区管理委员会",
        "机关",
        slug,
        "市级",
        "派出机关（街道、开发区等）",
        office=True,
    )
    for short, title in DEPARTMENTS.items():
        yield _node(f"{slug}-{short}", f"{name}{title}", "机关", slug, "市级", "组成部门", office=True)
        yield _node(f"{slug}-{short}-bgs", "办公室", "内设机构", f"{slug}-{short}", "市级", listed=False)
    for county, county_name, code in COUNTIES:
        yield _node(county, county_name, "地区", slug, "县级") | {"行政区划代码": code}
        yield from _government(county, county_name, "县级")
        for short in COUNTY_DEPARTMENTS:
            title = f"{county_name}{DEPARTMENTS[short]}"
            yield _node(f"{county}-{short}", title, "机关", county, "县级", "组成部门", office=True)
        below = STREETS if county_name.endswith("区") else TOWNSHIPS
        for number, place in enumerate(below, start=1):
            street = place.endswith("街道")
            title = f"{county_name}{place}办事处" if street else f"{county_name}{place}人民政府"
            kind = "派出机关（街道、开发区等）" if street else "乡镇人民政府"
            yield _node(f"{county}-x{number}", title, "机关", county, "乡级", kind, office=True)


def _government(slug: str, name: str, level: str) -> Iterator[dict[str, str]]:
    yield _node(f"{slug}-zf", f"{name}人民政府", "机关", slug, level, "人民政府", office=True) | {
        "排序": "10"
    }
    yield _node(f"{slug}-zfb", f"{name}人民政府办公室", "机关", slug, level, "政府办公厅（室）", office=True) | {
        "排序": "20", "别名": f"{name}政府办",
    }  # fmt: skip


def _node(
    slug: str,
    name: str,
    kind: str,
    parent: str,
    level: str,
    sort: str = "",
    *,
    office: bool = False,
    listed: bool = True,
) -> dict[str, str]:
    cells = {"代号": slug, "名称": name, "类别": kind, "上级代号": parent, "层级": level, "类型": sort}
    cells["列出"] = "是" if listed else "否"
    if office:
        # Numbers no exchange gives out: area code 0000.
        line = sum(slug.encode()) % 9000 + 1000
        cells |= {
            "工作机构名称": "办公室", "办公地址": f"{name[:3]}{_ROADS[line % len(_ROADS)]}{line % 300 + 1}号", "邮政编码": "000000",
            "办公时间": "工作日8:30–12:00，14:00–17:30", "联系电话": f"0000-662{line}", "传真": f"0000-663{line}",
            "互联网联系方式": f"https://www.wangjin.example/ysqgk/{slug}",
        }  # fmt: skip
    return cells
