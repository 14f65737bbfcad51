"""The scales of hand-drawn pictures, by arithmetic."""

from components.figures.drawing.scales import line_path, linear


def test_the_extent_of_the_domain_lies_at_the_ends_of_the_range():
    place = linear([30, 10, 50], 100, 20)
    assert [place(value) for value in (10, 30, 50)] == [100, 60, 20]


def test_a_value_beyond_the_domain_lies_beyond_the_range():
    assert linear((0, 10), 0, 100)(12) == 120


def test_equal_values_lie_in_the_middle():
    assert linear([7, 7], 6, 94)(7) == 50


def test_a_gap_ends_a_line_and_the_next_point_begins_another():
    assert line_path([None, (0, 1.26), (2, 3), None, (4, 5.04)]) == "M0.0,1.3L2.0,3.0M4.0,5.0"
    assert line_path([(0.4, 1.6), (2, 3)], decimals=0) == "M0,2L2,3"
    assert line_path([]) == line_path([None]) == ""
