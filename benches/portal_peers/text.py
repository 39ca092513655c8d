"""The text of the bench's documents: the same for both sites."""

WORDS = (
    "为了规范有关工作，保障公民、法人和其他组织依法获取政府信息，根据有关法律、法规，结合本地实际，制定本办法。"
    "各单位应当按照职责分工，做好组织实施和监督检查，重要情况及时报告。"
)


def title(number: int) -> str:
    """A title of usual length."""
    return f"关于印发第{number}号城镇老旧小区改造管理办法的通知"


def body(number: int) -> str:
    """About two thousand characters."""
    return "".join(f"<p>第{part}条　{WORDS}</p>" for part in range(1, 21)) + f"<p>编号{number}。</p>"
