"""Answers that are not what was asked for: one polite line, never a detail of the inside."""

from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

LINES = {
    400: "Permintaan tidak dapat dibaca.",
    401: "Sesi belum ada atau sudah berakhir. Silakan muat ulang halaman.",
    403: "Permintaan ini tidak diizinkan.",
    404: "Alamat ini tidak ditemukan.",
    405: "Cara meminta alamat ini tidak dikenal.",
    413: "Permintaan terlalu besar.",
    415: "Jenis isi permintaan tidak dikenal.",
    500: "Maaf, terjadi gangguan di server. Silakan coba beberapa saat lagi.",
}


def register(server: Flask) -> None:
    """Answer every HTTP error with its line. Flask itself logs what broke before a 500 gets here."""
    server.register_error_handler(HTTPException, _answer)
    for unknown_file in (DependencyException, InvalidResourceError):  # Dash would list the libraries it has
        server.register_error_handler(unknown_file, lambda _: line(404))


def line(status: int) -> Response:
    """The plain answer of an HTTP status."""
    text = LINES.get(status, LINES[500] if status >= 500 else LINES[400])
    return Response(f"{text}\n", status=status, mimetype="text/plain")


def _answer(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error  # a redirect
    answer = line(error.code)
    if error.code == 405:
        answer.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return answer
