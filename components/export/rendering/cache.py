"""What was made once is kept for whoever asks next, up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Cache(Generic[Made]):
    """Results by key, the longest unused leave first; may be used from any thread.

    ``limit`` is in bytes, as ``weight`` tells them of one result. Of threads that ask for the same at the
    same time one makes it and the others wait; where that fails it fails for all of them.
    """

    def __init__(self, limit: int, weight: Callable[[Made], int]) -> None:
        self._limit, self._weight = limit, weight
        self._held = 0
        self._kept: OrderedDict[str, Made] = OrderedDict()
        self._making: dict[str, Future[Made]] = {}
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], Made]) -> Made:
        """What is kept under ``key``, or what ``make`` makes."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            others = self._making.get(key)
            mine: Future[Made] = self._making.setdefault(key, Future())
        if others is not None:
            return others.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._making[key]
            mine.set_exception(error)
            raise
        with self._lock:
            self._keep(key, made)
            del self._making[key]
        mine.set_result(made)
        return made

    def _keep(self, key: str, made: Made) -> None:
        self._kept[key] = made
        self._held += self._weight(made)
        while self._held > self._limit:
            _, gone = self._kept.popitem(last=False)
            self._held -= self._weight(gone)
