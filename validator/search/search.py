"""Find the files to check: named ones, and those at the known paths of named folders."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence

from validator.configuration.config import Config
from validator.search.found import ConfigOf, Coverage, Found, Wanted


class Search(Coverage):
    """Finds the files for paths: a file itself, and all automations files in a folder.

    Files that git ignores are skipped. The configuration may name further files than those at the
    known paths; it may be a function from a folder to the configuration for the files in it. With
    `upward`, if no file is found, the known paths of the folders above the current one are tried,
    the nearest first, up to the root of its repository. `exclude` are patterns of files and folders
    to leave out, relative to the current folder, in addition to those of the configuration; a file
    that is named is found all the same, unless with `force_exclude`.

    Iterate over it once. Then `checked` is the number of files to check, `unreadable` that of files
    and folders that the search could not read.
    """

    def __init__(
        self,
        paths: Iterable[str | os.PathLike[str]],
        config: Config | ConfigOf | None = None,
        *,
        upward: bool = False,
        exclude: Sequence[str] = (),
        force_exclude: bool = False,
    ) -> None:
        if isinstance(paths, (str, bytes)):
            # Its characters would be taken for paths.
            raise TypeError(f"paths must not be a single path; write [{paths!r}]")
        self._paths = paths
        self._upward = upward
        self._force_exclude = force_exclude
        super().__init__(Wanted(config, exclude))
        self.checked = 0
        self.unreadable = 0
        self._real_folders: dict[str, str] = {}

    def __iter__(self) -> Iterator[Found]:
        seen: set[str] = set()
        for real, found in self._all():
            if real not in seen:
                seen.add(real)
                self.checked += not found.skipped
                self.unreadable += any(each.rule == "unreadable-file" for each in found.problems)
                yield found

    @property
    def left_out(self) -> bool:
        """Whether files were excluded though they may have been named, which is no mistake then."""
        return self._force_exclude and bool(self.excluded)

    def _all(self) -> Iterator[tuple[str, Found]]:
        """What the paths name, each with its real path."""
        for path in self._paths:
            yield from self._named(os.fspath(path))
        if self._upward and not self.checked:
            from validator.search.walk import above

            yield from above(self)

    def _named(self, path: str) -> Iterator[tuple[str, Found]]:
        if "\0" in path:
            yield path, Found(path)
            return
        mode, missing = 0, False
        try:
            mode = os.lstat(path).st_mode
        except PermissionError:
            pass  # it may exist
        except OSError:
            missing = True
        try:
            real = self._real_path(path, mode)
        except OSError:
            yield path, Found.unreadable(path, "can't be found: the current folder was deleted")
            return
        if not stat.S_ISREG(mode) and os.path.isdir(path):
            # Needed only if a folder is searched.
            from validator.search.walk import Walk

            yield from Walk(path, real, self)
            return
        if missing:
            self.missing.append(path)
        elif self._force_exclude:
            config = self.wanted.config_in(os.path.dirname(path))
            if self.wanted.leaves_out(path, config):
                self.excluded.append(path)
                return
        yield real, Found(path)

    def _real_path(self, path: str, mode: int) -> str:
        """The real path of a path; raises OSError if the current folder was deleted.

        Resolving folders is slow, and often many files are named from few folders.
        """
        folder, name = os.path.split(path)
        if not stat.S_ISREG(mode) or not name:
            return os.path.realpath(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return os.path.join(self._real_folders[folder], name)


def find_files(
    paths: Iterable[str | os.PathLike[str]], config: Config | ConfigOf | None = None
) -> Iterator[str]:
    """Find the files to check for some paths: a file itself, and all automations files in a folder.

    Yields paths, as in `paths` or below these. In a git repository, ignored files are skipped. The
    configuration may name further files than those at the known paths; `config` may be a function
    from a folder to the configuration for the files in it. Raises TypeError if `paths` is a string.
    """
    return (found.path for found in Search(paths, config) if not found.skipped)
