"""How the width of a page is shared out between the columns of a table."""

from hypothesis import given
from hypothesis import strategies as st

from ancrage.reports.formats.terminal.widths import share_out

COLUMNS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), min_size=1, max_size=8)


def test_the_widest_column_gives_way_first():
    assert share_out([10, 60, 20], [5, 10, 5], 70) == [10, 40, 20]


def test_a_table_that_fits_keeps_its_widths():
    assert share_out([10, 60], [5, 10], 70) == [10, 60]


def test_words_longer_than_the_page_have_no_answer():
    assert share_out([40, 40], [36, 35], 70) == []


@given(COLUMNS, st.integers(0, 200))
def test_no_word_is_cut_and_no_room_is_lost(columns, room):
    least, natural = zip(*columns, strict=True)
    widths = share_out(natural, least, room)
    if sum(least) > room:
        assert widths == []
        return
    assert all(low <= width <= high for low, width, high in zip(least, widths, natural, strict=True))
    assert sum(widths) == min(room, sum(natural)) or widths[natural.index(max(natural))] == max(natural)
