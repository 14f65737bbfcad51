"""Progress and announced targets for programs: the same records for the web and the command line."""

from dataclasses import replace

from components.export.records.json_records import Record
from components.export.records.licence import permit
from components.export.records.models import ParityRecord, TargetRecord
from data.dataset import Dataset
from data.licences import withheld
from data.parity import Parity, gap, parity
from data.progress import Progress
from data.target_assessment import Announced, announced


def progress(dataset: Dataset, indicator: str, horizon: int) -> list[Record]:
    """Return the progress of the eight districts towards the city average, in the fixed order.

    Raises
    ------
    RequestError
        403 for figures that may not be redistributed.
    """
    permit(dataset, indicator, "relative")
    districts = parity(dataset, indicator, horizon)
    beyond = sum(district.keeps_floor is False for district in districts)
    return [_parity(district, beyond) for district in districts]


def targets(dataset: Dataset) -> list[Record]:
    """Return every announced target with its state and its reading, or the reason why it has none.

    Reason ``withheld``: it can be judged, but by figures that may not be redistributed.
    """
    return [_announced(_open(row, dataset)) for row in announced(dataset)]


def _open(row: Announced, dataset: Dataset) -> Announced:
    if row.progress and withheld(dataset, str(row.target.figure)):
        return replace(row, reading="not_judged", reason="withheld", progress=None)
    return row


def _parity(district: Parity, beyond_floor: int) -> Record:
    ends = {
        f"{end}_{name}": value
        for end, point in (("base", district.base), ("latest", district.latest))
        for name, value in zip(
            ("period", "value", "gap"), (*point, gap(point[1])) if point else (None, None, None), strict=True
        )
    }
    progress = _progress(district.progress)
    return ParityRecord.record(district, **progress, **ends, beyond_floor=beyond_floor)


def _announced(row: Announced) -> Record:
    progress = _progress(row.progress) if row.progress else None
    target = row.target
    return TargetRecord.record(
        target,
        programme=target.programme_name,
        reading=row.reading,
        reason=row.reason,
        progress=progress,
    )


def _progress(progress: Progress) -> Record:
    return {**vars(progress), "methods": vars(progress)}
