"""What only the history of events tells: whose hands the hours were in, and who passes reports to whom."""

from dash import html

from components import ids, states
from components.formats import clock
from components.panels import panel
from components.states import empty
from data_access import report_steps
from data_access.live import State
from data_access.report_steps import Steps
from data_access.scope import Scope
from pages import _filters
from pages._asked import Asked, asked
from pages._waktu import flows, hands, passed
from pages._web.views import live_view, panel_or_error

ASKS = (*_filters.QUERY_NAMES, "alur")
NO_HISTORY = "CRM ini tidak menyimpan riwayat perpindahan laporan."


def section() -> html.Div:
    """The frames of the panels, with an answer of their own: events are read at most once a minute."""
    panels = [
        panel("Di tangan siapa jamnya habis", ids.TIMES_HANDS_BODY, fact_id=ids.TIMES_HANDS_FACT, class_name="hands-p"),
        panel("Paling sering dioper", ids.TIMES_PASSED_BODY, fact_id=ids.TIMES_PASSED_FACT, class_name="passed-p"),
        panel("Alur antarunit", ids.TIMES_FLOWS_BODY, fact_id=ids.TIMES_FLOWS_FACT, class_name="flows-p"),
    ]
    return html.Div(panels, className="sub", **{"data-subview": "waktu-tangan", "data-asks": ",".join(ASKS)})


@live_view("waktu-tangan", asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The three panels for one state of the data."""
    question = asked(scope, query, state)
    parts = {}
    for fact_id, body_id, draw in (
        (ids.TIMES_HANDS_FACT, ids.TIMES_HANDS_BODY, hands.drawn),
        (ids.TIMES_PASSED_FACT, ids.TIMES_PASSED_BODY, passed.drawn),
        (ids.TIMES_FLOWS_FACT, ids.TIMES_FLOWS_BODY, flows.drawn),
    ):
        panel_ids = (body_id, fact_id)
        parts |= panel_or_error(
            fact_id, state, lambda draw=draw, panel_ids=panel_ids: _parts(question, draw, *panel_ids)
        )
    return parts


def _parts(question: Asked, draw, body_id: str, fact_id: str) -> dict:
    steps = report_steps.steps(question.period, question.state)
    if steps is None:
        return {(body_id, "children"): empty(NO_HISTORY), (fact_id, "children"): ""}
    body, fact = draw(question, steps)
    return {(body_id, "children"): body, (fact_id, "children"): _dated(fact, steps, question)}


def _dated(fact, steps: Steps, question: Asked):
    """The events may be a minute older than the rest."""
    late = (question.state.as_of - steps.as_of).total_seconds() > 2 * report_steps.KEPT_SECONDS
    return [fact, " · ", states.stale(clock(steps.as_of))] if late else fact
