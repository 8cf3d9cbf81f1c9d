"""The reports that were passed on most."""

import numpy as np
from dash import dcc, html

from components.desk import foot, lead
from components.formats import decimal, integer
from components.report_list import report_href
from components.states import empty
from components.times_flows import PassedRow, passed_list
from data_access.completion import entered_in
from data_access.dimensions import STATUS_CODES
from data_access.frame import MICROSECONDS_PER_HOUR
from data_access.handovers import OFTEN, PassedOn, most_passed_on, passed_on_counts
from data_access.report_steps import Steps
from pages._asked import Asked

SHOWN = 8


def drawn(asked: Asked, steps: Steps):
    """Body and fact of the panel."""
    rows = rows_entered(asked, steps)
    most = most_passed_on(steps, rows, SHOWN)
    if not most:
        return empty(f"Tidak ada laporan yang dioper {OFTEN} kali atau lebih."), ""
    count = int((passed_on_counts(steps)[rows >= 0] >= OFTEN).sum())
    link = dcc.Link(f"{integer(count)} laporan", href=asked.entered_href(handovers=OFTEN), className="num")
    finding = lead([html.B(link), f" yang masuk bulan ini sudah dioper {OFTEN} kali atau lebih."])
    return html.Div([finding, passed_list([_row(asked, one) for one in most]), foot(_CAVEAT)]), asked.fact(
        "masuk bulan ini"
    )


_CAVEAT = (
    "Dioper: berpindah dari satu unit ke unit lain. Kelurahan ke dinas, lalu ke sudinnya, adalah dua kali dan wajar; "
    "yang kembali ke unit yang pernah memegangnya disebut."
)


def rows_entered(asked: Asked, steps: Steps) -> np.ndarray:
    """int per report of `steps`: its row in the frame when it entered in the month, else -1."""
    came = np.flatnonzero(entered_in(asked.frame, asked.period, asked.as_of_us))
    return steps.rows_in(asked.frame, came)


def _row(asked: Asked, one: PassedOn) -> PassedRow:
    frame, row = asked.frame, one.row
    number = frame.number[row]
    done = frame.status[row] == STATUS_CODES["selesai"] and frame.completed[row] <= asked.as_of_us
    end_us = int(frame.completed[row]) if done else asked.as_of_us
    hours = decimal((end_us - int(frame.entered[row])) / MICROSECONDS_PER_HOUR)
    return PassedRow(
        number=number,
        href=report_href(number),
        count=one.count,
        returned_count=one.returned_count,
        category=frame.names.categories[frame.category[row]][1],
        place=frame.names.kelurahan[frame.kelurahan[row]][1],
        state=f"selesai, {hours} jam" if done else f"terbuka, {hours} jam",
        way=tuple(frame.names.holder(unit) for unit in one.way),
    )
