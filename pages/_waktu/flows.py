"""Who passes reports to whom."""

from urllib.parse import urlencode

import numpy as np
from dash import html

from components.desk import foot, lead
from components.formats import integer
from components.states import empty
from components.times_flows import FlowCell, flows_matrix
from data_access.handovers import Flows, flows
from data_access.report_steps import Steps
from pages._asked import Asked
from pages._query import PAIR_SIGN
from pages._waktu.passed import rows_entered

SHOWN = 9


def drawn(asked: Asked, steps: Steps):
    """Body and fact of the panel."""
    found = flows(steps, rows_entered(asked, steps), asked.frame.names)
    shown = busiest(found)
    if not len(shown):
        return empty("Tidak ada laporan yang berpindah antarunit bulan ini."), ""
    cells = [[_cell(asked, found, i, j) for j in shown] for i in shown]
    caption = f"Laporan yang berpindah antarunit, masuk {asked.words}"
    table = html.Div(flows_matrix([found.parties[i] for i in shown], cells, caption), className="wide")
    caveat = _caveat(found, shown)
    return html.Div([lead(finding(found)), table, foot(caveat)]), asked.fact("laporan, masuk bulan ini")


def busiest(found: Flows) -> list[int]:
    """The parties with most reports coming and going, most first."""
    volume = found.counts.sum(axis=0) + found.counts.sum(axis=1)
    return [place for place in np.argsort(-volume, kind="stable")[:SHOWN].tolist() if volume[place]]


def pair_href(source: str, target: str) -> str:
    """The reports of one cell, under the matrix, from the first page on."""
    return f"?{urlencode({'alur': source + PAIR_SIGN + target, 'halaman': ''})}"


def finding(found: Flows) -> list:
    """The pair with most returns."""
    place = int(np.argmax(found.returned))
    i, j = divmod(place, len(found.parties))
    returned = int(found.returned[i, j])
    if not returned:
        return ["Tidak ada laporan yang kembali ke unit yang pernah memegangnya."]
    return [
        "Paling banyak dikembalikan: dari ",
        html.B(found.parties[i]),
        f" ke {found.parties[j].lower()}, ",
        html.A(
            f"{integer(int(found.counts[i, j]))} laporan",
            href=pair_href(found.parties[i], found.parties[j]),
            **{"data-stay": ""},
        ),
        ".",
    ]


def _cell(asked: Asked, found: Flows, i: int, j: int) -> FlowCell:
    source, target = found.parties[i], found.parties[j]
    chosen = asked.query.get("alur") == source + PAIR_SIGN + target
    return FlowCell(int(found.counts[i, j]), int(found.returned[i, j]), pair_href(source, target), chosen)


def _caveat(found: Flows, shown: list[int]) -> str:
    inside, every = int(found.counts[np.ix_(shown, shown)].sum()), int(found.counts.sum())
    return (
        f"Tiap laporan dihitung sekali per pasangan; {integer(inside)} dari {integer(every)} ada di matriks ini, "
        "sisanya pada pasangan yang lebih kecil. Dinas, badan, dan biro bersama unit di bawahnya; "
        "perpindahan di dalam satu dinas adalah jalan biasa dan tidak dihitung. "
        "Tanda segitiga: ada yang kembali ke unit yang pernah memegangnya. Pilih angka untuk melihat laporannya."
    )
