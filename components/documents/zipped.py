"""Office files are zip archives: the same parts in the same order with the same time give the same bytes."""

import io
import zipfile

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the oldest a zip archive can say


def same_bytes(archive: bytes) -> bytes:
    """The archive written anew, its parts in the order of their names but for the list of types, which comes first."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in sorted(read.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            fresh.writestr(entry, read.read(name))
    return written.getvalue()
