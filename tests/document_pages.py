"""Pictures of documents for docs/screens/: every page of the monthly report of a kota."""

import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from scoring import periods
from tests.conftest import PROJECT

NAME = "dokumen-bulanan"
UNIT = "W-31.71"
RESOLUTION = "90"  # dpi


def pictures(dsn: str, as_of: datetime, into: Path = PROJECT / "docs" / "screens") -> list[Path]:
    """The pages of the report of the newest closed month, as the command makes it, as PNG files; what was there before
    is replaced. CalledProcessError when the report or its pages cannot be made."""
    closed = periods.open_at(as_of)[0].previous
    with tempfile.TemporaryDirectory() as folder:
        words = ["bulanan", "--unit", UNIT, "--period", str(closed), "--as-of", as_of.isoformat(), "--out", folder]
        variables = os.environ | {"CRM_DSN": dsn, "SECRET_KEY": "x" * 40}
        command = [sys.executable, "-m", "pages", "document", *words]
        subprocess.run(command, cwd=PROJECT, env=variables, check=True, stdout=subprocess.DEVNULL)
        for old in into.glob(f"{NAME}-*.png"):
            old.unlink()
        [made] = Path(folder).iterdir()
        subprocess.run(["pdftoppm", "-r", RESOLUTION, "-png", str(made), str(into / NAME)], check=True)
    return sorted(into.glob(f"{NAME}-*.png"))
