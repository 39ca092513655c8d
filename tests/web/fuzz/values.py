"""Hostile values. A value with MARK shows where something is given back unescaped; see judge.py for the other tell-tales."""

from __future__ import annotations

MARK = "<gk-mark-123>"
_TEXTS = (
    "", " ", "　", "0", "-1", "1e9", "007", "٣", "２", "None", "null", "true", "[]", "{}", "a" * 201, "公" * 3000,
    MARK, f'"{MARK}', f"'>{MARK}", f"</textarea>{MARK}", f"</script>{MARK}", f"</title>{MARK}", f"--> {MARK}", f"]]>{MARK}",
    f'" onmouseover="gkMark(1)" a="{MARK}', "javascript:gkMark(1)", "data:text/html,<gk-mark-123>", "//gk-mark.example/a", "\\\\gk-mark.example",
    "https://gk-mark.example/", "' OR '1'='1", "'; DROP TABLE organs_organ; --", '" OR 1=1 --', "1) UNION SELECT 1 --", "%' --", "%", "_",
    "\\", "$$", "NULL", "[[{{ 1330|add:7 }}]]", "[[${1330+7}]]", "{% debug %}", "[[#{1330+7}]]", "%s%s%n", "{0.__class__}",
    "(a+)+$", "(?i", "[", "*", "AND", "OR", "NOT", "NEAR(a b", 'title:"', "title:", "a:b:c", "^", "~", "a~99999999999", '"', "'''", "a*b*",
    "((((((((((", "+ - + -", "a AND", "NEAR/2", "& | !", ":*", "<->", "\\:*", "a\u0000b", "\u0000", "a\nb", "a\r\nX-Gk-Mark: 1", "a\u2028b",
    "\u202egnp.exe", "\u200b", "\ufeff", "\ufffe", "\u0008", "\u000b", "\u001b[31m", "e\u0301" * 50, "👨‍👩‍👧‍👦", "𠮷野家", "\U0010ffff", "Ａ＇",
    "../../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "http://169.254.169.254/latest",
    "http://[::1", "=cmd|' /C gk-mark'!A0", "@SUM(1)", "+1+1", "-2+3", "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31",
    "99999-01-01", "-2026-01-01", "2026-13-01", "2026-02-29", "26-1-1", "2026年1月1日", "2026-01-01T00:00:00+99:99", "1949-01-01", "24:00",
    "9" * 20, str(2**31), str(2**63), str(2**64), "-" + str(2**63), "1" * 5000, "1.5", "NaN", "Infinity", "0x10", "1_000", "+1", "１２",
)  # fmt: skip
_BYTES = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"a\x80b", b"\xf4\x90\x80\x80", b"\xe5\x85", b"\xff" * 300, b"\x81\x30")
# What a person without harm in mind sends; most of a request is this, so that the rest gets past the first check.
PLAUSIBLE = ("临禾市水务局节水办法", "节水", "2", "2026-02-03", "测试")
DATES = ("2026-02-30", "0000-00-00", "99999-01-01", "0001-01-01", "9999-12-31", "1000-01-01", "2026-2-3", "20260203")
NUMBERS = ("-1", "0", "9" * 20, str(2**31), str(2**63), "1" * 5000, "1.5", "１２", "abc", "")
LONG = "长" * 350_000
TEXTS: tuple[bytes, ...] = (*(text.encode() for text in _TEXTS), *_BYTES)
# For parts of a path and of a query: without what no server lets through because of its length.
IN_ADDRESS = tuple(text for text in TEXTS if len(text) <= 5000)
SLUGS = ("linhe", "lh-shuiwu", "lh-weiban", "lh-shuiwu-fagui", "dongpo", "shi", "plans", "csv", "2023", "2026", "1", "2", "12")
HEADERS: tuple[tuple[str, str], ...] = (
    ("HTTP_HOST", "gk-mark.example"), ("HTTP_HOST", "testserver:99999"), ("HTTP_HOST", ""), ("HTTP_ACCEPT", "*/*;q=x"),
    ("HTTP_ACCEPT", "application/json"), ("HTTP_ACCEPT_LANGUAGE", "x" * 600), ("HTTP_IF_NONE_MATCH", '"\x01'),
    ("HTTP_IF_MODIFIED_SINCE", "Mon, 99 Foo 99999 99:99:99 GMT"), ("HTTP_IF_MODIFIED_SINCE", "Sun, 01 Jan 0000 00:00:00 GMT"),
    ("HTTP_RANGE", "bytes=-1--5"), ("HTTP_X_FORWARDED_FOR", "gk-mark, ::1, 999.1.1.1"), ("HTTP_REFERER", "http://[::1"),
    ("HTTP_REFERER", "javascript:gkMark(1)"), ("HTTP_HX_REQUEST", "true"), ("HTTP_HX_CURRENT_URL", "http://[::1"),
    ("HTTP_COOKIE", 'sessionid="\\000\\001abcdefgh"'), ("HTTP_COOKIE", "sessionid=" + "a" * 3000), ("HTTP_COOKIE", "csrftoken=<gk-mark-123>"),
    ("HTTP_COOKIE", 'messages="gk-mark$[[\\"__json_message\\"]]"'), ("HTTP_COOKIE", "=;;=a;\xff=\xff"), ("HTTP_X_REQUESTED_WITH", "\xff"),
    ("HTTP_USER_AGENT", "<gk-mark-123>" * 500), ("REMOTE_ADDR", "gk-mark"), ("HTTP_X_CSRFTOKEN", "\xff\x00"),
)  # fmt: skip
MEDIA = (
    "application/json", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff", "text/plain", "",
    "multipart/form-data; boundary=x; charset=utf-9", "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=gk",
    "application/xml",
)  # fmt: skip
BODIES = (
    b"", b"\x00", b"{", b"[" * 20_000, b"a=1&" * 6000, b"--x\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="\xff"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="a"; filename*=utf-9\'\'%ff\r\n\r\na\r\n--x--\r\n', b"%ff=%fe&%00=1", b"q=" + b"a" * 6_000_000,
)  # fmt: skip
