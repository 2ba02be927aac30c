"""A cache in the memory of one process that is bounded by bytes: how many entries fit depends on their size."""

from typing import Any

from django.core.cache.backends.locmem import LocMemCache

ANY_NUMBER = 1_000_000  # entries; what bounds this cache is their size


class BoundedMemoryCache(LocMemCache):
    """Django's cache in memory with at most `OPTIONS["MAX_BYTES"]` bytes of values; the least recently used go first.

    A value larger than that is not kept. Shared by the threads of a process, safe among them. Keys and Python's own
    overhead (some 200 bytes per entry) do not count.
    """

    def __init__(self, name: str, params: dict[str, Any]):
        options = dict(params.get("OPTIONS", {}))
        self._max_bytes = int(options.pop("MAX_BYTES"))
        super().__init__(name, {**params, "OPTIONS": {"MAX_ENTRIES": ANY_NUMBER, **options}})

    @property
    def size(self) -> int:
        """Bytes of all values that are kept."""
        with self._lock:
            return self._size()

    def _size(self) -> int:
        return sum(map(len, self._cache.values()))

    def _set(self, key: str, value: bytes, timeout: float | None = None) -> None:
        """Called with the lock held; `value` is pickled already."""
        if len(value) > self._max_bytes:
            if key in self._cache:
                self._delete(key)
            return
        super()._set(key, value, timeout)
        size = self._size()
        while size > self._max_bytes:
            oldest, old = self._cache.popitem()
            del self._expire_info[oldest]
            size -= len(old)
