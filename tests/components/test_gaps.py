"""The highest against the lowest district, recomputed by hand from the csv files."""

import re

import pytest

from components.figures.sections.highest_lowest import gaps_figure
from components.view import View
from tests.components.published import published


def test_the_gap_of_wages_now_and_before(dataset):
    """City = 100 divides both ends by the same number, so the ratio is that of the wages themselves."""
    rows = gaps_figure(View(lang="en"), dataset).table
    wages = published("avg_wage")
    for row in rows[rows["title"].str.contains("wage")].to_dict("records"):
        districts = {area: value for area, value in wages[row["period"]].items() if area != "city"}
        assert row["ratio"] == pytest.approx(max(districts.values()) / min(districts.values()))
        assert row["high"] == pytest.approx(100 * max(districts.values()) / wages[row["period"]]["city"])
        assert row["high_name"].lower() == max(districts, key=lambda area: districts[area])
        assert row["low_name"].lower() == min(districts, key=lambda area: districts[area])


def test_three_indicators_each_now_and_a_few_years_ago(lang, dataset):
    figure = gaps_figure(View(lang=lang), dataset)
    by_title = figure.table.groupby("title", sort=False)
    assert len(by_title) == 3
    for _, rows in by_title:
        now, *before = [int(re.findall(r"\d{4}", period)[-1]) for period in rows["period"]]
        assert all(year < now for year in before)
        assert (rows["high"] > rows["low"]).all()
        assert rows["ratio"].to_numpy() == pytest.approx((rows["high"] / rows["low"]).to_numpy())
    assert sum(len(rows) == 2 for _, rows in by_title) >= 2
