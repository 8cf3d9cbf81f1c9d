"""What the browser is told with every answer: no foreign scripts, no framing, no storing of figures, no guessing."""

from urllib.parse import urlsplit

import dash
from flask import Flask, Response, request

from pages._web.static import FINGERPRINTED, STATIC_ENDPOINTS

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"
PRIVATE = "private, no-store"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


def attach(app: dash.Dash, tile_url: str | None) -> None:
    """Set the headers of every answer. `tile_url`: template of a configured tile server, else no other host at all."""
    server: Flask = app.server
    page_policy: list[str] = []

    @server.after_request
    def headers(response: Response) -> Response:
        policy = DATA_POLICY
        if response.mimetype == "text/html":
            # Not before the first page: Dash adds inline scripts (the title of a page) with the first request.
            page_policy[:] = page_policy or [content_policy(app.csp_hashes(), tile_url)]
            policy = page_policy[0]
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = _cache_control(response)
        return response


def content_policy(script_hashes: list[str], tile_url: str | None) -> str:
    """The Content-Security-Policy of a page. Styles stay inline: Leaflet and Plotly inject style elements."""
    tiles = f" {_origin(tile_url)}" if tile_url else ""
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *script_hashes]),
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{tiles}",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _origin(tile_url: str) -> str:
    address = urlsplit(tile_url)
    return f"{address.scheme}://{address.netloc.replace('{s}', '*')}"


def _cache_control(response: Response) -> str:
    if request.endpoint not in STATIC_ENDPOINTS or response.status_code not in (200, 304):
        return PRIVATE
    fingerprinted = FINGERPRINTED.search(request.path) or request.args.get("m")
    return IMMUTABLE if fingerprinted else REVALIDATE
