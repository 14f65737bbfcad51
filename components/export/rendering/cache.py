"""Results that are kept for whoever asks next, up to a number of bytes."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Result = TypeVar("Result")


class Cache(Generic[Result]):
    """Results by key, the longest unused leave first; may be used from any thread.

    ``limit`` is in bytes, ``weight`` returns those of one result; what is larger than the limit is not kept.
    Of threads that ask for the same at the same time one makes it and the others wait; where that fails it
    fails for all of them.
    """

    def __init__(self, limit: int, weight: Callable[[Result], int]) -> None:
        self._kept: LRUCache[str, Result] = LRUCache(limit, weight)
        self._making: dict[str, Future[Result]] = {}
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], Result]) -> Result:
        """Return the result kept under ``key``, else what ``make`` returns."""
        with self._lock:
            if key in self._kept:
                return self._kept[key]
            others = self._making.get(key)
            mine = self._making.setdefault(key, Future())
        if others is not None:
            return others.result()
        try:
            result = make()
        except BaseException as error:
            with self._lock:
                del self._making[key]
            mine.set_exception(error)
            raise
        with self._lock:
            with suppress(ValueError):  # larger than the limit
                self._kept[key] = result
            del self._making[key]
        mine.set_result(result)
        return result
