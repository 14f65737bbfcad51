"""What the sheet of a district says: its values, what is strong and weak, its ways to parity, its trends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from components.selection import district_of, parity_indicators
from components.text.number_formats import number, period_short
from components.text.sentences import decimals_of, rank_of, rank_text
from components.text.strings import Lang
from components.view import View
from data import periods
from data.catalogue import Transform
from data.dataset import Dataset
from data.district_profile import DistrictValue, district_value, strengths
from data.parity import Parity, parity
from data.transforms import Series, transformed
from geo.districts import DISTRICTS

HEADLINES: tuple[tuple[str, Transform], ...] = (
    ("population", "value"),
    ("birth_rate", "value"),
    ("migration_net", "value"),
    ("avg_wage", "value"),
    ("sme_active", "per_1000"),
    ("industrial_output", "per_1000"),
    ("pupils_per_100_places", "value"),
    ("crimes_registered", "per_1000"),
)
"""People, incomes, work, services and safety: the values that open the page."""
TRENDS: tuple[tuple[str, Transform], ...] = (
    ("avg_wage", "value"),
    ("sme_active", "per_1000"),
    ("school_places_opened", "share"),
    ("crimes_registered", "index"),
)


@dataclass(frozen=True, eq=False)
class DistrictValues:
    """Everything that the sheet of the view's district says, read once for its picture and its table."""

    view: View
    dataset: Dataset

    @property
    def lang(self) -> Lang:
        """The language of the sheet."""
        return self.view.lang

    @property
    def area(self) -> str:
        """The id of the district."""
        return district_of(self.view)

    def short(self, key: str) -> str:
        """Return the short name of an indicator."""
        return self.dataset.indicators[key].short[self.lang]

    @cached_property
    def headlines(self) -> tuple[DistrictValue, ...]:
        """The values that open the page, as far as the district has them."""
        values = (district_value(self.dataset, key, transform, self.area) for key, transform in HEADLINES)
        return tuple(value for value in values if value)

    @cached_property
    def people(self) -> DistrictValue | None:
        """The share of the city's residents."""
        return district_value(self.dataset, "population", "share", self.area)

    @cached_property
    def against(self) -> Mapping[str, pd.DataFrame]:
        """The indicators that are ``strong`` and ``weak`` against the city, as ``strengths`` gives them."""
        strong, weak = strengths(self.dataset, self.area)
        return {"strong": strong, "weak": weak}

    @cached_property
    def ways(self) -> Mapping[str, Parity]:
        """The district's way to parity for every indicator with a parity target."""
        position = DISTRICTS.index(self.area)
        return {
            key: parity(self.dataset, key, self.view.horizon)[position]
            for key in parity_indicators(self.dataset)
        }

    @cached_property
    def trends(self) -> tuple[tuple[Series, tuple[str, ...]], ...]:
        """Series and periods of every trend that has at least two comparable periods."""
        return tuple(self._trends())

    def _trends(self) -> Iterator[tuple[Series, tuple[str, ...]]]:
        for key, transform in TRENDS:
            series = transformed(self.dataset, key, transform)
            own = series.table.loc[series.table["area"] == self.area, "period"]
            frequency = periods.preferred_series(own, 2)
            if frequency is None:
                continue
            since = series.indicator.good_since
            good = tuple(
                period
                for period in periods.ordered(own, frequency)
                if since is None or periods.starts_after(period, since)
            )
            if len(good) > 1:
                yield series, good


def rank_words(value: DistrictValue, lang: Lang) -> str:
    """Write the rank of a value, or nothing."""
    return rank_of(rank_text(value.rank), lang) if value.rank else ""


def change_words(value: DistrictValue, lang: Lang) -> str:
    """Write between which periods a value changed and by how much, or nothing."""
    if value.change is None or value.before is None or value.few:
        return ""
    change = number(value.change, decimals_of(value.series), lang, signed=True)
    return f"{period_short(value.before, lang)} – {period_short(value.period, lang)}: {change}"
