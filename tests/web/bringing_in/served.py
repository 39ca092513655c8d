"""A web site of our own on the loopback, to be read."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>春灌通知_临禾市水务局</title>
<meta name="ArticleTitle" content="关于做好春灌工作的通知"><meta name="PubDate" content="2023-03-02 09:30">
<meta name="ContentSource" content="局办公室"></head><body><nav>首页 &gt; 通知</nav>
<table><tr><td>索引号：</td><td>SW/2023-00017</td><td>发文字号</td><td>临水发〔2023〕4号</td></tr>
<tr><td>成文日期</td><td>2023年3月1日</td><td>有效性</td><td>失效</td></tr></table>
<div class="TRS_Editor"><p onclick="x()">各灌区：现将今年春灌工作有关事项通知如下，请遵照执行。</p><script>alert(1)</script>
<p><img src="/pic/a.png" alt="渠道图"></p><p><a href="files/t1.txt">面积表</a> <a href="/next.html">上一篇</a></p></div></body></html>"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6300010000000500010d0a2db40000000049454e44ae426082"
)


class Site:
    """Pages by path: (status, type, bytes); `asked` are the paths in their order; `on_ask` is told
    each of them, `peers` are the connections they came through."""

    def __init__(self):
        self.pages, self.asked = {"/robots.txt": (404, "text/plain", b"")}, []
        self.on_ask, self.peers = lambda path: None, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # connections may be used again

            def do_GET(self):
                site.peers.append(self.client_address)
                site.asked.append(self.path)
                site.on_ask(self.path)
                status, kind, data = site.pages.get(self.path, (404, "text/html", b"no"))
                self.send_response(status)
                if status in {301, 302}:
                    self.send_header("Location", kind)
                else:
                    self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_address[1]}"

    def url(self, path):
        return f"http://{self.host}{path}"

    def article(self, path="/zwgk/2023/t1.html", charset="utf-8", **words):
        text = ARTICLE.replace("{charset}", charset)
        for old, new in words.items():
            text = text.replace({"number": "SW/2023-00017", "title": "关于做好春灌工作的通知"}[old], new)
        self.pages[path] = (200, "text/html", text.encode(charset))
        self.pages["/pic/a.png"] = (200, "image/png", PNG)
        self.pages[path.rsplit("/", 1)[0] + "/files/t1.txt"] = (200, "text/plain", "面积".encode())
