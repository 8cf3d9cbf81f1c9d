"""Who passes reports to whom, and which reports most."""

import numpy as np

from data_access.handovers import flows, most_passed_on, parties, passed_on_counts, reports_between
from tests.builders import NAMES
from tests.data_access.steps_of import steps_of

PING_PONG = (
    ("A", "2026-11-02 08:00", "menunggu", None, "K-GAMBIR"),
    ("A", "2026-11-02 09:00", "koordinasi", "K-GAMBIR", "D-SDA"),
    ("A", "2026-11-02 10:00", "koordinasi", "D-SDA", "K-GAMBIR"),
    ("A", "2026-11-02 11:00", "koordinasi", "K-GAMBIR", "D-BM"),
    ("A", "2026-11-02 12:00", "disposisi", "D-BM", "S-BM-71"),
    ("A", "2026-11-02 13:00", "selesai", None, None),
)
ORDINARY = (
    ("B", "2026-11-02 08:00", "menunggu", None, "K-GAMBIR"),
    ("B", "2026-11-02 09:00", "koordinasi", "K-GAMBIR", "D-BM"),
    ("B", "2026-11-02 09:30", "koordinasi", "D-BM", "D-BM"),  # a remark, not a move
    ("B", "2026-11-02 10:00", "disposisi", "D-BM", "S-BM-71"),
)
STEPS = steps_of(*PING_PONG, *ORDINARY)
BOTH = np.array([0, 1])


def flow(found, source: str, target: str) -> tuple[int, int]:
    place = found.parties.index(source), found.parties.index(target)
    return int(found.counts[place]), int(found.returned[place])


def test_a_hand_over_goes_from_one_unit_to_another():
    assert passed_on_counts(STEPS).tolist() == [4, 2]


def test_only_what_was_passed_on_three_times_is_listed_with_its_way_and_its_returns():
    (found,) = most_passed_on(STEPS, BOTH, 10)
    assert (found.row, found.count, found.returned_count) == (0, 4, 1)
    way = [NAMES.units[code].unit_id for code in found.way]
    assert way == ["K-GAMBIR", "D-SDA", "K-GAMBIR", "D-BM", "S-BM-71"]


def test_a_report_that_is_not_asked_about_is_not_listed():
    assert most_passed_on(STEPS, np.array([-1, 1]), 10) == []
    assert flows(STEPS, np.array([-1, 1]), NAMES).counts.sum() == 1


def test_flows_count_reports_between_parties_and_not_the_way_down_within_one():
    found = flows(STEPS, BOTH, NAMES)
    assert flow(found, "Kelurahan", "Dinas Bina Marga") == (2, 0)
    assert flow(found, "Kelurahan", "Dinas Sumber Daya Air") == (1, 0)
    assert flow(found, "Dinas Sumber Daya Air", "Kelurahan") == (1, 1)
    assert flow(found, "Dinas Bina Marga", "Dinas Bina Marga") == (0, 0)
    assert (int(found.counts.sum()), found.reports_count) == (4, 2)


def test_a_report_that_went_the_same_way_twice_counts_once():
    again = steps_of(*PING_PONG[:4], ("A", "2026-11-02 12:00", "koordinasi", "D-BM", "K-GAMBIR"), PING_PONG[3])
    assert flow(flows(again, np.array([0]), NAMES), "Kelurahan", "Dinas Bina Marga") == (1, 1)


def test_two_kelurahan_are_two_units():
    moved = steps_of(PING_PONG[0], ("A", "2026-11-02 09:00", "koordinasi", "K-GAMBIR", "K-CIDENG"))
    assert flow(flows(moved, np.array([0]), NAMES), "Kelurahan", "Kelurahan") == (1, 0)


def test_the_list_of_a_pair_is_as_long_as_its_count():
    found = flows(STEPS, BOTH, NAMES)
    for i, source in enumerate(found.parties):
        for j, target in enumerate(found.parties):
            if i != j:
                assert len(reports_between(STEPS, BOTH, NAMES, source, target)) == found.counts[i, j]
    assert len(reports_between(STEPS, BOTH, NAMES, "Dinas Ajaib", "Kelurahan")) == 0


def test_without_events_nothing_was_passed_on():
    nothing = steps_of()
    rows = np.zeros(0, np.int64)
    assert most_passed_on(nothing, rows, 5) == []
    assert flows(nothing, rows, NAMES).counts.sum() == 0


def test_every_unit_belongs_to_a_party():
    names, party_of = parties(NAMES)
    shown = {NAMES.units[code].unit_id: names[party] for code, party in enumerate(party_of)}
    assert shown["S-BM-71"] == "Dinas Bina Marga"
    assert shown["K-CIDENG"] == "Kelurahan"
    assert shown["W-31.71.01"] == "Kecamatan"
    assert shown[""] == "Unit lain"
