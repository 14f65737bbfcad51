"""A visitor's own layer on the map to explore: choose a file, read what is in it, count it by district.

The file and what was read of it live in the session and nowhere else.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from components.controls import show
from components.export.files import own_layer as export
from components.export.files.file_formats import FORMATS
from components.figures.drawing.markup import element, markup
from components.figures.sections.own_layer import own_table, sentence
from components.text.number_formats import number
from components.text.strings import Lang, text
from components.view import View
from geo.aggregate import KINDS
from geo.uploads import reader

KEPT = "own-layer"
READ_AT_ONCE = 2
"""Files of different visitors; the others wait."""
_PLACES = threading.BoundedSemaphore(READ_AT_ONCE)


@dataclass(frozen=True)
class OwnLayer:
    """A file, how the visitor wants it read, and what came of it (None: not read yet)."""

    name: str
    content: bytes = field(repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)
    outcome: reader.UploadSummary | reader.Unreadable | None = None


def drawn() -> Mapping[str, Any] | None:
    """Return what the browser draws of the session's layer."""
    kept = st.session_state.get(KEPT)
    if kept is None or not isinstance(kept.outcome, reader.UploadSummary):
        return None
    return {"kind": kept.outcome.kind, "parts": kept.outcome.drawn}


def panel(view: View) -> None:
    """Let the visitor bring a file; say what is in it; count it by district and offer the result."""
    lang = view.lang
    kept = st.session_state.get(KEPT)
    with st.expander(text(lang, "layer.title"), expanded=kept is not None):
        _uploader(lang)
        if kept is not None:
            _show_layer(kept, lang)


def _show_layer(kept: OwnLayer, lang: Lang) -> None:
    if kept.outcome is None:
        _read(kept, lang)
        st.rerun()
    if isinstance(kept.outcome, reader.Unreadable):
        _show_refusal(kept, kept.outcome, lang)
    else:
        _show_summary(kept, kept.outcome, lang)
    st.button(text(lang, "layer.forget"), key="layer-forget", on_click=_forget)


def _uploader(lang: Lang) -> None:
    limit = reader.MAX_BYTES // 2**20
    formats = text(lang, "layer.formats", limit=limit, most=number(reader.MAX_FEATURES, 0, lang))
    with st.container(key=f"layer-{lang}"):
        key = f"layer-file-{lang}-{st.session_state.get('layer-turn', 0)}"
        st.file_uploader(formats, type=list(reader.FORMATS), key=key, on_change=_chosen, args=(key,))
    st.caption(text(lang, "layer.private"))


def _chosen(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        st.session_state.pop(KEPT, None)
    else:
        name = "".join(letter for letter in file.name if letter.isprintable())[-reader.MAX_NAME :]
        st.session_state[KEPT] = OwnLayer(name, file.getvalue())


def _forget() -> None:
    st.session_state.pop(KEPT, None)
    st.session_state["layer-turn"] = st.session_state.get("layer-turn", 0) + 1


def _again(**options: Any) -> None:
    """Read the file again in another way."""
    kept = st.session_state[KEPT]
    st.session_state[KEPT] = replace(kept, options={**kept.options, **options}, outcome=None)


def _read(kept: OwnLayer, lang: Lang) -> None:
    """Read the file in a process of its own while this visitor sees how far it is."""
    counts = kept.options.get("by_district")
    with st.status(text(lang, "layer.waiting")) as status, _PLACES:
        status.update(label=text(lang, "layer.counting" if counts else "layer.reading"))
        outcome: reader.UploadSummary | reader.Unreadable
        try:
            outcome = reader.read(kept.name, kept.content, **kept.options)
        except reader.Unreadable as refusal:
            outcome = refusal
    st.session_state[KEPT] = replace(kept, outcome=outcome)


def _show_refusal(kept: OwnLayer, refusal: reader.Unreadable, lang: Lang) -> None:
    words = sentence(f"refusal.{refusal.code}", refusal.values, lang)
    _lines(text(lang, "layer.refused", name=kept.name), [words])
    if refusal.code == "mixed":
        with st.container(horizontal=True):
            for kind in KINDS:
                if refusal.values[kind]:
                    label = text(lang, f"layer.keep_{kind}")
                    st.button(label, key=f"layer-keep-{kind}", on_click=_again, kwargs={"kind": kind})


def _show_summary(kept: OwnLayer, summary: reader.UploadSummary, lang: Lang) -> None:
    count = number(summary.count, 0, lang)
    lines = [sentence(f"remark.{remark.code}", remark.values, lang) for remark in summary.remarks]
    if len(summary.drawn) < summary.count:
        drawn = number(len(summary.drawn), 0, lang)
        lines.append(text(lang, "layer.drawn", drawn=drawn, count=count))
    head = text(lang, "layer.read", name=kept.name)
    _lines(f"{head}. {text(lang, f'layer.found_{summary.kind}', count=count)}", lines)
    codes = {remark.code for remark in summary.remarks}
    with st.container(horizontal=True, vertical_alignment="bottom", key="layer-choices"):
        if "invalid_geometries" in codes:
            st.button(
                text(lang, "layer.repair"), key="layer-repair", on_click=_again, kwargs={"repair": True}
            )
        if "swapped_coordinates" in codes:
            st.button(text(lang, "layer.swap"), key="layer-swap", on_click=_again, kwargs={"swap": True})
        _measure(kept, summary, lang)
    if summary.by_district is not None:
        show.block(markup(own_table(summary.by_district, kept.name, summary.kind, lang)), "layer-table")
        with st.container(horizontal=True, key="downloads"):
            for ending, make in (("csv", export.csv), ("gpkg", export.geopackage)):
                st.download_button(
                    text(lang, f"layer.save_{ending}"),
                    partial(make, summary.by_district),
                    file_name=f"almaty2050_own-layer_{lang}.{ending}",
                    mime=FORMATS[ending].media_type,
                    key=f"layer-save-{ending}",
                    on_click="ignore",
                )


def _measure(kept: OwnLayer, summary: reader.UploadSummary, lang: Lang) -> None:
    """Let the visitor choose what to count: features, or the mean and sum of a numeric column of points."""
    columns = summary.columns if summary.kind == "points" else ()
    labels = [text(lang, "layer.none"), text(lang, "layer.count")]
    both = f"{text(lang, 'layer.mean')}, {text(lang, 'layer.sum').lower()}"
    labels += [f"{both}: {column}" for column in columns]
    value = kept.options.get("value")
    now = (columns.index(value) + 2 if value in columns else 1) if kept.options.get("by_district") else 0
    key = f"layer-measure-{lang}"
    st.session_state[key] = now

    def take() -> None:
        chosen = st.session_state[key]
        _again(by_district=chosen > 0, value=columns[chosen - 2] if chosen > 1 else None)

    st.selectbox(
        text(lang, "layer.measure"),
        range(len(labels)),
        key=key,
        format_func=lambda index: labels[index],
        on_change=take,
    )


def _lines(head: str, lines: list[str]) -> None:
    """Show a heading and remarks as text: nothing of a file's name or columns becomes markup."""
    listed = element("ul", (element("li", line) for line in lines), class_="notes") if lines else None
    show.block(
        markup(element("div", element("p", head, class_="sentence"), listed, role="status")), "layer-lines"
    )
