"""The reports beside one: which of them may be the same event, said more than once."""

from components import ids
from components.desk import foot
from components.formats import DASH, integer
from components.report_list import report_href
from components.report_timeline import NearRow, neighbours
from components.theme import CHANGES
from data_access import timeline
from data_access.live import State
from data_access.scope import Scope
from data_access.timeline import DUPLICATE_TIME, NEIGHBOUR_DAYS, NEIGHBOUR_METRES, NEIGHBOURS_AT_MOST, Neighbour, Trace
from pages._laporan.rows import UNKNOWN, lasted

AROUND = f"dalam {NEIGHBOUR_METRES} m, masuk paling jauh {NEIGHBOUR_DAYS} hari sebelum atau sesudahnya"
HOURS = int(DUPLICATE_TIME.total_seconds() // 3600)
NONE = f"Tidak ada laporan lain {AROUND}."
NOTE = (
    f"Semua kategori {AROUND}; paling banyak {NEIGHBOURS_AT_MOST}, yang terdekat dahulu. "
    f"Mungkin duplikat: kategori sama, masuk berselang paling lama {HOURS} jam."
)
NO_PLACE = "Laporan ini tanpa titik lokasi, jadi yang di sekitarnya tidak diketahui."


def parts(scope: Scope, found: Trace, state: State) -> dict:
    """The panel of the reports nearby, of any category. Raises DatabaseUnavailable."""
    near = timeline.neighbours(scope, found.report)
    rows = [_row(found, one, state) for one in near or []]
    shown = neighbours(rows, NO_PLACE if near is None else NONE)
    return {
        (ids.TRACE_NEAR_BODY, "children"): [shown, foot(NOTE)] if rows else [shown],
        (ids.TRACE_NEAR_FACT, "children"): _fact(near or []),
    }


def _fact(near: list[Neighbour]) -> str:
    if not near:
        return DASH
    doubles = sum(one.maybe_duplicate for one in near)
    count = f"{integer(len(near))} {'laporan terdekat' if len(near) == NEIGHBOURS_AT_MOST else 'laporan'}"
    return f"{count}, {integer(doubles)} mungkin duplikat" if doubles else count


def _row(found: Trace, one: Neighbour, state: State) -> NearRow:
    names = state.frame.names
    status = CHANGES.get(one.status, UNKNOWN)
    minutes = abs((one.entered_at - found.report["entered_at"]).total_seconds()) / 60
    order = "sebelumnya" if one.entered_at < found.report["entered_at"] else "sesudahnya"
    return NearRow(
        number=one.number,
        href=report_href(one.number),
        category=names.categories[names.code_of["category"].get(one.category_id, 0)][1],
        status=status.label,
        status_mark=status.mark,
        apart=f"{integer(round(one.metres))} m, {lasted(minutes)} {order}",
        tag="mungkin duplikat" if one.maybe_duplicate else "",
    )
