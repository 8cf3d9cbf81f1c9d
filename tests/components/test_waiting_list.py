"""The longest waits: words, marks, and bars on one scale of 0 to 36 hours."""

import pytest

from components.waiting_list import waiting_fact, waiting_list
from tests.components.tree import having, marks, of_type, row, text


def waiting(minutes: int, report_id: str = "JK2611220001"):
    place = {"category": "Saluran air", "place": "Kapuk", "holder": "Dinas SDA"}
    return row(report_id=report_id, minutes=minutes, over_24h=minutes > 24 * 60, **place)


def over(minutes: int) -> dict[str, str]:
    return having(waiting_list([waiting(minutes)], 1), "over")[0].style


def test_a_row_says_how_long_what_where_and_whose():
    assert text(of_type(waiting_list([waiting(1872)], 37), "Li")) == "31 j 12 m Saluran air Kapuk Dinas SDA"


def test_each_row_says_itself_in_full_and_carries_its_key():
    tree = waiting_list([waiting(1872, "JK2611220042")], 37)
    assert [item.title for item in of_type(tree, "Div") if getattr(item, "className", "") == "open"] == [
        "Saluran air, Kapuk: Dinas SDA"
    ]
    assert [getattr(item, "data-key") for item in of_type(tree, "Li")] == ["JK2611220042"]


@pytest.mark.parametrize(("minutes", "mark"), [(24 * 60 + 1, "menunggu"), (24 * 60, "batas"), (361, "batas")])
def test_the_triangle_is_filled_only_beyond_24_hours(minutes, mark):
    assert marks(waiting_list([waiting(minutes)], 1)) == [mark]


@pytest.mark.parametrize(("hours", "left", "width"), [(31.2, "66.67%", "20.00%"), (15, "16.67%", "25.00%")])
def test_colour_covers_only_the_overrun(hours, left, width):
    assert over(int(hours * 60)) == {"left": left, "width": width}


def test_beyond_36_hours_the_bar_ends_at_the_edge_with_an_arrow():
    assert over(400 * 60) == {"left": "66.67%", "width": "33.33%"}
    assert len(having(waiting_list([waiting(400 * 60)], 1), "beyond")) == 1
    assert having(waiting_list([waiting(36 * 60)], 1), "beyond") == []


def test_with_nobody_waiting_the_scale_stays_and_a_sentence_says_so():
    assert text(waiting_list([], 0)) == "6 jam 24 jam Tidak ada yang menunggu lebih dari 6 jam"


def test_the_kelurahan_of_the_place_is_not_named_twice():
    own, other = waiting(1872), waiting(1872)
    own.holder, other.holder = "Kel. Kapuk", "Kel. Kapuk Muara"
    tree = waiting_list([own, other], 2)
    assert [text(item) for item in having(tree, "who")] == ["Kelurahan", "Kel. Kapuk Muara"]
    assert having(tree, "open")[0].title == "Saluran air, Kapuk: Kel. Kapuk"


def test_the_fact_tells_how_many_there_are_in_all():
    assert waiting_fact([waiting(1)] * 7, 1037) == "7 dari 1.037"
    assert waiting_fact([], 0) == ""
