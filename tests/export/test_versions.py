"""Publishers at one folder: one at a time, each from what the one before it left."""

import fcntl
from contextlib import ExitStack

import pytest

from components.export.site import releases
from components.export.site.manifest import NAME
from components.export.site.releases import ForeignFolder, opened


def test_a_second_and_a_third_publisher_are_refused_while_the_first_is_at_it(tmp_path):
    with opened(tmp_path / "site"):
        for _ in range(2):
            with pytest.raises(ForeignFolder, match="another process"), opened(tmp_path / "site"):
                pass


def test_the_next_one_keeps_its_lock_when_one_that_has_served_ends(tmp_path):
    link = tmp_path / "site"
    with ExitStack() as later:
        with opened(link) as first:
            first.put(NAME, b"{}")
            served = first.serve({NAME: 2}, "a" * 64)
            assert later.enter_context(opened(link)).current == served
        with pytest.raises(ForeignFolder, match="another process"), opened(link):
            pass


def test_nothing_built_leaves_nothing_behind(tmp_path):
    with opened(tmp_path / "site"):
        pass
    assert not list(tmp_path.iterdir())


def test_what_was_published_before_the_lock_was_taken_is_the_current_version(tmp_path, monkeypatch):
    link, version = tmp_path / "site", tmp_path / ".site-0123456789ab"

    def publishes_then_locks(*asked):
        if not version.exists():
            version.mkdir()
            (version / NAME).write_text("{}")
            link.symlink_to(version.name)
        lock(*asked)

    lock = fcntl.flock
    monkeypatch.setattr(releases.fcntl, "flock", publishes_then_locks)
    with opened(link) as found:
        assert found.current == version
