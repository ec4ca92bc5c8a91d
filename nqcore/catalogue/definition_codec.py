"""The definitions of one plugin as a document, and back: what shaped a figure can be kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_type_hints

from nqcore.catalogue.definitions import Definitions
from nqcore.model.codec import Codec, Doc, Kind, kind_of
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.overlays import WITHOUT, Overlay
from nqcore.model.targets import Target, Task

_CHANGED: Mapping[str, type] = {
    "form": Form,
    "indicator": Indicator,
    "target": Target,
    "task": Task,
}
"""The classes of the definitions that an overlay can change, by its `kind`."""

_OVERLAY = Codec(Overlay, without={"changes"})


def _field(kind: str, name: str) -> Kind:
    if name == WITHOUT:
        return kind_of(tuple[str, ...])
    return kind_of(get_type_hints(_CHANGED[kind])[name])


def _write_overlay(overlay: Overlay) -> Doc:
    """What an overlay sets is written as the fields of the definition that it changes."""
    changes = {
        name: _field(overlay.kind, name).write(value) for name, value in overlay.changes.items()
    }
    return _OVERLAY.to_doc(overlay) | {"changes": changes}


def _read_overlay(doc: Mapping[str, Any]) -> Overlay:
    changes = {name: _field(doc["kind"], name).read(each) for name, each in doc["changes"].items()}
    return _OVERLAY.from_doc(doc, changes=changes)


DEFINITIONS = Codec(
    Definitions,
    optional={"sections", "questions"},
    kinds={
        "overlays": Kind(
            lambda several: [_write_overlay(one) for one in several],
            lambda docs: tuple(_read_overlay(doc) for doc in docs),
            list,
        )
    },
)
"""All definitions of one plugin: every field of every definition."""
