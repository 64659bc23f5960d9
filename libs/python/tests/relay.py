"""A TCP relay before the API that can lose answers: what the server did, the client does not learn."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Relay:
    """lose: a function of the request's body; true: pass the request on, but not its answer."""

    def __init__(self, url: str, lose) -> None:
        target = urlsplit(url)
        self.lost = 0
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                server = http.client.HTTPConnection(target.hostname, target.port, timeout=30)
                server.request("POST", self.path, body, {"content-type": self.headers["content-type"]})
                answer = server.getresponse()
                content = answer.read()
                server.close()
                if lose(body):
                    relay.lost += 1
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers["content-type"])
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *arguments) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *arguments: None
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
