"""What the complaints say: sentences of this project, filled with a place and a time. Never a name, phone or plate."""

from functools import cache

import numpy as np
import pandas as pd
import yaml

from demo.catalogue import HERE


def sentences(rng: np.random.Generator, categories: pd.DataFrame, category: np.ndarray) -> np.ndarray:
    """(n,) objects: one sentence per report. `category`: (n,) row numbers of the frame `categories`."""
    said = np.empty(len(category), dtype=object)
    luck = rng.random(len(category))
    for row, (category_id, name) in enumerate(zip(categories["category_id"], categories["name"], strict=True)):
        mine = np.flatnonzero(category == row)
        choices = _choices(category_id, name)
        said[mine] = choices[(luck[mine] * len(choices)).astype(np.int64)]
    return said


@cache
def _choices(category_id: str, name: str) -> np.ndarray:
    words = _words()
    patterns = words["kategori"].get(category_id, words["kategori"]["umum"])
    filled = {
        pattern.format(tempat=place, gedung=house, lama=since, kategori=name)
        for pattern in patterns
        for place in words["tempat"]
        for house in words["gedung"]
        for since in words["lama"]
    }
    return np.array(sorted(filled), dtype=object)


@cache
def _words() -> dict:
    return yaml.safe_load((HERE / "kalimat.yaml").read_text(encoding="utf-8"))
