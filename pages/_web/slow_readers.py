"""A reader that stops reading a download: it is let go after a while, so that its place and connection come back."""

from collections.abc import Mapping

STALLED_SECONDS = 60.0  # for one batch of rows, some hundred kilobytes: a slow line gets through


def let_go(environ: Mapping[str, object]) -> None:
    """Bound how long one write of the answer may wait for its reader. Only gunicorn gives its socket."""
    connection = environ.get("gunicorn.socket")
    if connection is not None:
        connection.settimeout(STALLED_SECONDS)
