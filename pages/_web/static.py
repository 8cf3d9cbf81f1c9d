"""Scripts and styles: each is compressed once, well, and sent from memory; Bootstrap comes from its package.

Dash reads and compresses every bundle anew for every visitor (0.13 s for Plotly alone). Here the first answer is
compressed quickly and kept; a thread packs it as small as it gets and leaves the result under `var/`, where the next
start finds it. Everything that is no file (pages, data) is compressed on its way by Flask-Compress.
"""

import contextlib
import gzip
import hashlib
import logging
import os
import posixpath
import queue
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from importlib.metadata import distribution
from pathlib import Path

import brotli
import dash
from flask import Flask, Response, abort, request
from flask_compress import Compress

FOLDER = Path(__file__).parents[2] / "var" / "static"
SUITES = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
ASSETS = "_dash_assets.static"
BOOTSTRAP = "bootstrap"
STATIC_ENDPOINTS = (SUITES, ASSETS, BOOTSTRAP)
FINGERPRINTED = re.compile(r"\.v[\w-]+m[0-9a-fA-F]+\.")
PACKED_TYPES = ("text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml")
# Loaded by the renderer with the first chart, so no page names it.
PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"

QUICK = {"br": lambda body: brotli.compress(body, quality=5), "gzip": lambda body: gzip.compress(body, 5, mtime=0)}
SMALL = {"br": lambda body: brotli.compress(body, quality=11), "gzip": lambda body: gzip.compress(body, 9, mtime=0)}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Packed:
    """A compressed file: its bytes, its type, and a name of its content."""

    body: bytes
    mimetype: str
    etag: str


class PackedFiles:
    """Compressed files of this process by (path, encoding), backed by a folder that several processes share."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._files: dict[tuple[str, str], Packed] = {}
        self._waiting: queue.SimpleQueue = queue.SimpleQueue()

    def get(self, path: str, encoding: str) -> Packed | None:
        return self._files.get((path, encoding))

    def add(self, path: str, encoding: str, body: bytes, mimetype: str) -> Packed:
        """Keep a file: as small as it gets when the folder has it, else quickly packed and queued for later."""
        digest = hashlib.sha256(body).hexdigest()[:32]
        small = self._read(digest, encoding, body)
        packed = Packed(small or QUICK[encoding](body), mimetype, f"{digest}-{encoding}")
        self._files[path, encoding] = packed
        if small is None:
            self._waiting.put((path, encoding, body, packed))
        return packed

    def pack_waiting(self) -> None:
        """Pack what is queued, one after the other, for ever."""
        while True:
            path, encoding, body, packed = self._waiting.get()
            small = SMALL[encoding](body)
            self._files[path, encoding] = Packed(small, packed.mimetype, packed.etag)
            self._write(packed.etag.split("-")[0], encoding, small)

    def _read(self, digest: str, encoding: str, body: bytes) -> bytes | None:
        """The packed bytes in the folder, if they really unpack to `body`."""
        try:
            small = (self._folder / f"{digest}.{encoding}").read_bytes()
            return small if UNPACK[encoding](small) == body else None
        except (OSError, EOFError, brotli.error):
            return None

    def _write(self, digest: str, encoding: str, small: bytes) -> None:
        unfinished = self._folder / f"{digest}.{encoding}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(small)
            unfinished.replace(self._folder / f"{digest}.{encoding}")
        except OSError as problem:
            log.info("packed files stay in memory: %s", problem)


def attach(app: dash.Dash) -> PackedFiles:
    """Serve files packed, compress all else on its way, and add the route of Bootstrap's CSS."""
    server: Flask = app.server
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMS=True,
        COMPRESS_MIMETYPES=["text/html", "text/plain", *PACKED_TYPES],
    )
    Compress(server)
    server.add_url_rule(bootstrap_url(), BOOTSTRAP, _bootstrap)
    files = PackedFiles(FOLDER)
    for endpoint in STATIC_ENDPOINTS:
        server.view_functions[endpoint] = _packed_view(server.view_functions[endpoint], files)
    return files


def start_packing(server: Flask, files: PackedFiles, paths: Iterable[str]) -> None:
    """Fetch and pack these files in a thread of low priority, so that the first visitor finds them ready."""

    def work() -> None:
        with contextlib.suppress(OSError, AttributeError):  # Linux only: one thread may be nicer than its process
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
        for path in paths:
            for encoding in QUICK:
                server.test_client().get(path, headers={"Accept-Encoding": encoding}).close()
        files.pack_waiting()

    threading.Thread(target=work, name="static-packer", daemon=True).start()


@cache
def bootstrap_url() -> str:
    """Where Bootstrap's CSS is served: the address names the content, so browsers keep it for ever."""
    return f"/vendor/bootstrap.v5m{hashlib.sha256(_bootstrap_css()).hexdigest()[:12]}.min.css"


def _bootstrap_css() -> bytes:
    css = "flask_bootstrap/static/bootstrap5/css/bootstrap.min.css"
    return Path(distribution("bootstrap-flask").locate_file(css)).read_bytes()


def _bootstrap() -> Response:
    return Response(_bootstrap_css(), mimetype="text/css")


def _packed_view(view: Callable, files: PackedFiles) -> Callable:
    @wraps(view)
    def packed_view(**arguments) -> Response:
        if posixpath.normpath(request.path) != request.path:
            abort(404)  # one file under ever new spellings would fill the memory
        encoding = next((name for name in QUICK if request.accept_encodings.quality(name) > 0), None)
        if encoding is None:
            return view(**arguments)
        packed = files.get(_path_of_content(), encoding)
        if packed is None:
            response = view(**arguments)
            if response.status_code != 200 or response.mimetype not in PACKED_TYPES:
                return response
            response.direct_passthrough = False
            packed = files.add(_path_of_content(), encoding, response.get_data(), response.mimetype)
            response.close()
        return _response(packed, encoding)

    return packed_view


def _path_of_content() -> str:
    """The path without its fingerprint: nobody can fill the memory by asking for made-up fingerprints."""
    return FINGERPRINTED.sub(".", request.path)


def _response(packed: Packed, encoding: str) -> Response:
    response = Response(packed.body, mimetype=packed.mimetype)
    response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.set_etag(packed.etag)
    return response.make_conditional(request)
