"""Headers, compression and caching of what the browser gets."""

import base64
import gzip
import hashlib
import re

import brotli
import pytest

from pages._web import static
from pages._web.headers import content_policy
from pages._web.static import PackedFiles, bootstrap_url

PLOTLY = static.PLOTLY
FILES_OF_A_PAGE = re.compile(r'(?:src|href)="(/[^"]+)"')
PAGES_AND_DATA = [
    "/",
    "/tidak-ada",
    "/_dash-layout",
    "/_dash-dependencies",
    "/api/rev",
    "/healthz/live",
    "/_favicon.ico",
]


@pytest.mark.parametrize("path", [*PAGES_AND_DATA, PLOTLY, bootstrap_url(), "/assets/favicon.svg"])
def test_every_answer_carries_the_protective_headers(demo, path):
    with demo.get(path) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert not [name for name, _ in answer.headers if name.lower().startswith("x-powered")]


@pytest.mark.parametrize("path", PAGES_AND_DATA)
def test_pages_and_data_are_never_stored(demo, path):
    assert demo.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_page_allows_own_scripts_and_the_hashes_of_its_inline_scripts_only(anonymous):
    page = anonymous.get("/")
    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.*?)</script>", page.text, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline}
    assert len(hashes) >= 2  # the title of a page, and the renderer
    assert set(policy.pop("script-src").split()) == {"'self'"} | hashes
    assert policy == {
        "default-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "frame-ancestors": "'none'",
    }


def test_a_configured_tile_server_may_send_pictures_and_nothing_else():
    policy = content_policy([], "https://{s}.tiles.example/{z}/{x}/{y}.png?key=a")
    assert "img-src 'self' data: blob: https://*.tiles.example;" in policy
    assert policy.count("tiles.example") == 1


def test_the_session_cookie_is_for_our_own_pages_and_no_script(anonymous):
    cookie = anonymous.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_files_set_no_cookie_and_do_not_depend_on_one(anonymous):
    for path in (PLOTLY, bootstrap_url(), "/assets/favicon.svg"):
        with anonymous.get(path) as answer:
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")


def test_every_file_of_the_page_comes_from_here_and_is_kept_for_ever(anonymous):
    files = FILES_OF_A_PAGE.findall(anonymous.get("/").text)
    assert bootstrap_url() in files
    for path in files:
        with anonymous.get(path, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.status_code == 200, path
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", path


def test_a_file_without_fingerprint_is_asked_for_again_and_not_sent_again(anonymous):
    first = anonymous.get(PLOTLY, headers={"Accept-Encoding": "br"})
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = anonymous.get(PLOTLY, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, no-cache"


def test_made_up_fingerprints_take_no_memory(anonymous, monkeypatch):
    anonymous.get(PLOTLY, headers={"Accept-Encoding": "br"})
    monkeypatch.setattr(PackedFiles, "add", lambda *_: pytest.fail("kept once more"))
    for number in range(3):
        made_up = PLOTLY.replace("plotly.min", f"plotly.v9m{number}.min")
        assert anonymous.get(made_up, headers={"Accept-Encoding": "br"}).status_code == 200
    assert anonymous.get("/assets/favicon.svg?m=1", headers={"Accept-Encoding": "br"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/_dash-dependencies", PLOTLY, bootstrap_url()])
def test_text_is_compressed_as_the_browser_asks(demo, path):
    with demo.get(path, headers={"Accept-Encoding": "identity"}) as plain:
        body = plain.get_data()
        assert "Content-Encoding" not in plain.headers
    for accepted, encoding, unpack in (("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)):
        answer = demo.get(path, headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in answer.headers["Vary"]
        if path != "/":  # a page carries a token of its own
            assert unpack(answer.data) == body


def test_a_bundle_is_compressed_once(anonymous, monkeypatch):
    anonymous.get(PLOTLY, headers={"Accept-Encoding": "br"})
    monkeypatch.setitem(static.QUICK, "br", lambda body: pytest.fail("compressed again"))
    assert anonymous.get(PLOTLY, headers={"Accept-Encoding": "br"}).status_code == 200


def test_packed_files_are_found_by_the_next_start(tmp_path, monkeypatch):
    body = b"body { margin: 0 }" * 1_000
    digest = hashlib.sha256(body).hexdigest()[:32]
    first = PackedFiles(tmp_path)
    first._write(digest, "br", static.SMALL["br"](body))
    monkeypatch.setitem(static.QUICK, "br", lambda body: pytest.fail("compressed again"))
    packed = PackedFiles(tmp_path).add("/a.css", "br", body, "text/css")
    assert brotli.decompress(packed.body) == body


@pytest.mark.parametrize("left", [b"", b"torn", brotli.compress(b"something else")])
def test_a_torn_or_foreign_packed_file_is_not_believed(tmp_path, left):
    body = b"body { margin: 0 }" * 1_000
    (tmp_path / f"{hashlib.sha256(body).hexdigest()[:32]}.br").write_bytes(left)
    packed = PackedFiles(tmp_path).add("/a.css", "br", body, "text/css")
    assert brotli.decompress(packed.body) == body


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path):
    (tmp_path / "file").write_text("no folder")
    files = PackedFiles(tmp_path / "file")
    packed = files.add("/a.css", "gzip", b"a" * 5_000, "text/css")
    files._write("digest", "gzip", packed.body)
    assert gzip.decompress(files.get("/a.css", "gzip").body) == b"a" * 5_000
