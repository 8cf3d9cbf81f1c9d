"""What is being made: one line per batch, how far it is, what failed, and the way to go on."""

from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html

from components.formats import integer
from components.marks import mark
from components.states import empty


@dataclass(frozen=True)
class Job:
    """A batch as it is shown.

    `problems`: (unit, line) of the first that failed; `idle`: it may be that nobody is at work on it.
    """

    number: int
    title: str
    about: str
    items_count: int
    done_count: int
    failed_count: int
    finished: bool
    idle: bool
    problems: tuple[tuple[str, str], ...] = ()


def job_list(jobs: list[Job]) -> html.Ol | html.P:
    """The batches in the order given."""
    if not jobs:
        return empty("Tidak ada dokumen yang sedang dibuat.")
    return html.Ol([_line(job) for job in jobs], className="jobs")


def _line(job: Job) -> html.Li:
    busy = {} if job.finished or job.idle else {"data-busy": ""}
    head = html.Div([html.B(job.title), html.Span(job.about, className="t2")], className="what")
    bar = dbc.Progress(value=job.done_count + job.failed_count, max=max(job.items_count, 1), class_name="far")
    parts = [head, bar, html.Div([html.Span(_state(job)), *_again(job)], className="state-line")]
    return html.Li([*parts, *_problems(job)], **busy, **{"data-batch": str(job.number)})


def _state(job: Job) -> list:
    far = f"{integer(job.done_count)} dari {integer(job.items_count)} selesai"
    failed = [", ", mark("kotak"), f" {integer(job.failed_count)} gagal"] if job.failed_count else []
    if job.finished and not job.failed_count:
        return [mark("selesai"), f" {far}"]
    waiting = [", terhenti"] if job.idle and not job.finished else []
    return [far, *failed, *waiting]


def _again(job: Job) -> list[html.Button]:
    if not (job.failed_count if job.finished else job.idle):
        return []
    words = "Coba lagi yang gagal" if job.finished else "Lanjutkan"
    return [html.Button(words, type="button", className="btn-q sm", **{"data-resume": str(job.number)})]


def _problems(job: Job) -> list[html.Details]:
    if not job.problems:
        return []
    lines = [html.Li([html.B(unit), f": {line}"]) for unit, line in job.problems]
    more = job.failed_count - len(job.problems)
    lines += [html.Li(f"dan {integer(more)} unit lain")] if more > 0 else []
    return [html.Details([html.Summary("Yang gagal"), html.Ul(lines)], className="xs t2")]
