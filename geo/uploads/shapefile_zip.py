"""A zipped Shapefile: what an archive may hold, and one Shapefile out of it, in memory."""

import codecs
import io
import re
import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import PurePosixPath

from geo.uploads.reader import MAX_NAME, Remark, Unreadable

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
NEEDED = PARTS[:3]
MAX_MEMBERS = 1_000
MAX_UNPACKED = 200 * 2**20
"""Bytes of the parts together; no more than the directory declares is ever unpacked."""
MAX_RATIO = 300
"""Unpacked to packed, where more than ``RATIO_FROM`` bytes come out (deflate ends at 1,032)."""
RATIO_FROM = 10 * 2**20
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENTRY = b"PK\x01\x02"
MAGIC = b"\0\0\x27\x0a"
"""First bytes of a .shp."""
ENCODINGS = ("utf-8", "cp1251", "kz1048", "cp866", "cp1252", "iso8859-1", "iso8859-5", "koi8-r", "cp437")
"""Encodings of texts that are known, and of names in an archive."""
DOS = {0x26: "cp866", 0x65: "cp866"}
"""Code page by the language byte of a .dbf; those of Windows are not told apart by it."""


def shapefile(content: bytes) -> tuple[bytes, str, tuple[Remark, ...]]:
    """Return the first Shapefile of an archive, as an archive of its parts alone, not compressed.

    It declares no encoding, so that its texts are read as Latin-1, letter by byte.

    Every member is judged by the directory before any is unpacked, and only the parts of that one
    Shapefile are.

    Returns
    -------
    The archive; the encoding of its texts; what is to be told.

    Raises
    ------
    Unreadable : ``damaged``, ``zip_bomb``, ``path_in_archive``, ``encrypted``,
        ``no_shapefile_in_archive``, ``missing_part``.
    """
    if content.count(ENTRY) > MAX_MEMBERS:
        raise _bomb()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _judge(members)
            shapefiles = _shapefiles(members)
            name, chosen = shapefiles[0]
            _bound(chosen, len(content))
            parts = {suffix: _unpacked(archive, member) for suffix, member in chosen.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        raise Unreadable("damaged", expected="shapefile") from None
    if not parts[".shp"].startswith(MAGIC):
        raise Unreadable("damaged", expected="shapefile")
    names = ", ".join(member for member, _ in shapefiles[:10])
    several = (Remark("several_layers", {"taken": name, "layers": names}),) if len(shapefiles) > 1 else ()
    declared = _declared(parts.pop(".cpg", b""))
    encoding = declared or _encoding(parts[".dbf"])
    parts[".dbf"] = parts[".dbf"][:29] + b"\0" + parts[".dbf"][30:]  # as bytes: GDAL would ask the system
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for suffix, part in parts.items():
            target.writestr(f"layer{suffix}", part)
    told = () if declared or encoding == "utf-8" else (Remark("decoded", {"encoding": encoding}),)
    return made.getvalue(), encoding, (*told, *several)


def _bomb() -> Unreadable:
    return Unreadable("zip_bomb", limit_mb=MAX_UNPACKED >> 20)


def _judge(members: list[zipfile.ZipInfo]) -> None:
    """Refuse paths that lead out of the archive, links and encrypted members."""
    for member in members:
        name = re.sub(r"[^\w .\\/:-]", "", member.orig_filename)[:MAX_NAME]
        path = member.orig_filename.replace("\\", "/")
        if path.startswith("/") or set(path) & {":", "\0"} or ".." in path.split("/"):
            raise Unreadable("path_in_archive", member=name)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unreadable("path_in_archive", member=name)
        if member.flag_bits & 1:
            raise Unreadable("encrypted", member=name)


def _shapefiles(members: list[zipfile.ZipInfo]) -> list[tuple[str, dict[str, zipfile.ZipInfo]]]:
    """Path and parts by suffix of each Shapefile of the archive, the first by path first.

    Paths too long to be told are cut at their start: Shapefiles of one name differ by folder.
    """
    by_stem: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in members:
        path = PurePosixPath(member.filename)
        if path.suffix.lower() in PARTS and not path.name.startswith(".") and "__MACOSX" not in path.parts:
            parts = by_stem.setdefault(str(path.with_suffix("")).casefold(), {})
            parts.setdefault(path.suffix.lower(), member)
    whole = [parts for _, parts in sorted(by_stem.items()) if ".shp" in parts]
    if not whole:
        raise Unreadable("no_shapefile_in_archive")
    for part in NEEDED:
        if part not in whole[0]:
            raise Unreadable("missing_part", part=part)
    return [
        (str(PurePosixPath(parts[".shp"].filename).with_suffix(""))[-MAX_NAME:], parts) for parts in whole
    ]


def _bound(parts: dict[str, zipfile.ZipInfo], packed: int) -> None:
    size = sum(part.file_size for part in parts.values())
    if size > MAX_UNPACKED or size > max(RATIO_FROM, MAX_RATIO * packed):
        raise _bomb()


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a member, as many as the directory declares."""
    if member.compress_type not in METHODS:
        raise zipfile.BadZipFile("other methods unpack without a bound")
    with archive.open(member) as source:
        content = source.read(member.file_size)
        if len(content) < member.file_size or source.read(1):
            raise EOFError("not as long as declared")
    return content


def _declared(cpg: bytes) -> str | None:
    """Return the encoding that a .cpg names («UTF-8», «1251», «ANSI 1251»), if it is one of ``ENCODINGS``."""
    named = cpg[:40].decode("ascii", "ignore").strip().casefold()
    page = re.fullmatch(r"(?:ansi|cp|windows|oem)?[ -]?(\d{3,4})", named)
    with suppress(LookupError):
        encoding = codecs.lookup(f"cp{page[1]}" if page else named).name
        return encoding if encoding in ENCODINGS else None
    return None


def _encoding(dbf: bytes) -> str:
    """Return the encoding of a table that declares none: UTF-8 if it can be, else a page with Cyrillic."""
    page = DOS.get(dbf[29]) if len(dbf) > 29 else None
    if page:
        return page
    try:
        dbf[32:].decode("utf-8")
    except UnicodeDecodeError:
        return windows(dbf[32:])
    return "utf-8"


def windows(content: bytes) -> str:
    """``windows-1251``, or ``kz1048`` where the two differ: the same page with the letters of Kazakh."""
    other = content.decode("cp1251", "replace") != content.decode("kz1048", "replace")
    return "kz1048" if other else "windows-1251"
