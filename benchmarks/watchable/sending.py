"""A recorder's sending side: parts with checksums, one after another, over one connection."""

import base64
import hashlib
import http.client

PATCH_TYPE = "application/offset+octet-stream"


class Sender:
    """Sends one upload. `port` is the server's on this machine."""

    def __init__(self, port: int, upload: str, token: str) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self._upload = upload
        self._token = token
        self.offset = 0

    def send(self, part: bytes, *, whole: int | None = None) -> None:
        """Send the next part and wait until it is durable; `whole` says the length of everything with the last one."""
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Tus-Resumable": "1.0.0",
            "Content-Type": PATCH_TYPE,
            "Upload-Offset": str(self.offset),
            "Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(part).digest()).decode()}",
        }
        if whole is not None:
            headers["Upload-Length"] = str(whole)
        self._connection.request("PATCH", f"/u/{self._upload}", part, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status != 204:
            raise RuntimeError(f"{answer.status} {said[:300]!r}")
        self.offset += len(part)

    def close(self) -> None:
        self._connection.close()
