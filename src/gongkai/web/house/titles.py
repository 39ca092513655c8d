"""Titles in sentences."""

_WITHIN = str.maketrans("《》", "〈〉")


def quoted(title: str) -> str:
    """《关于印发〈…办法〉的通知》: a title inside a title takes single marks (GB/T 15834 4.15)."""
    return f"《{title.translate(_WITHIN)}》"
