"""By when an organ's annual report must be published: Article 49 of the Regulation (国务院令第711号)."""

from __future__ import annotations

import re
from datetime import date

_TOWNSHIP = re.compile(r"(?:乡|镇|苏木|街道)(?:人民政府|办事处)?$")
_GOVERNMENT = re.compile(r"(?:[省市县区旗州盟]|兵团)人民政府$|行政公署$|^.{2,}(?:省|自治区|自治州|市|盟|县|旗|城区|[^发新园范税景验作假理]区)$")
_OPEN = re.compile(r"(?:发|新|园|范|税|景|验|作|假|理)区$|[省市县区旗州盟]人民政府办公[厅室]$")


def filing_deadline(organ: str | None, year: int | None) -> date | None:
    """The last day to publish the report of ``year``: 31 March of the next year for people's governments of county
    level and up, 31 January for their departments; townships file like departments. None when the organ is not known.

    Where the name leaves open which of the two a report is (a government's general office publishes both its own and
    the government's; a development zone named without its office), the later day counts: nobody is called late who
    may be in time.
    """
    if not organ or not year:
        return None
    later = _OPEN.search(organ) or (_GOVERNMENT.search(organ) and not _TOWNSHIP.search(organ))
    return date(year + 1, 3, 31) if later else date(year + 1, 1, 31)
