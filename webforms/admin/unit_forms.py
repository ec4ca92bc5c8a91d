"""The fields of *Quản trị › Đơn vị*, and what they propose. What a field means is nqcore's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from wtforms import BooleanField, Form, SelectMultipleField, StringField

from nqcore.collection.reorganisation.change_request import ChangeProposal, ChangeRequest
from nqcore.errors import N_
from nqcore.model.units import BUILT_IN_KINDS, KINDS_WITH_SECTOR, Sector, Unit, UnitKind
from nqcore.text.dates import read_date
from nqcore.text.shares import read_share
from webforms.shared.context import workspace

PARTS = 4
"""Into so many new units one is divided on the page."""


class UnitChangeForm(Form):
    """From which day, and by which document."""

    ngay = StringField()
    can_cu = StringField()


class RenameForm(UnitChangeForm):
    """A new name."""

    ten = StringField()


class MergeForm(RenameForm):
    """Which others, and in what they go on: "" a new unit."""

    cung = SelectMultipleField(validate_choice=False, choices=[])
    vao = StringField()


class SplitForm(UnitChangeForm):
    """Names and shares of the parts; `giu` keeps the unit with the share `ty_le_0`."""

    giu = BooleanField()
    ty_le_0 = StringField()
    ten_1 = StringField()
    ty_le_1 = StringField()
    ten_2 = StringField()
    ty_le_2 = StringField()
    ten_3 = StringField()
    ty_le_3 = StringField()
    ten_4 = StringField()
    ty_le_4 = StringField()
    theo = StringField()


class TransferForm(UnitChangeForm):
    """To whom, how much of it."""

    toi = StringField()
    ty_le = StringField()
    theo = StringField()


class MoveForm(UnitChangeForm):
    """Under whom."""

    toi = StringField()


class KindForm(UnitChangeForm):
    """Which kind."""

    loai = StringField()


class FoundingForm(KindForm):
    """A new unit under this one."""

    ten = StringField()


def kind_choices() -> Mapping[str, tuple[UnitKind, Sector | None]]:
    """What a unit may be, as the page offers it: each kind after the built-in one that it is like."""
    kinds = [one.kind for one in workspace().catalogue.unit_kinds.values()]
    kinds.sort(key=lambda kind: (BUILT_IN_KINDS.index(kind.like), not kind.is_built_in))
    found: dict[str, tuple[UnitKind, Sector | None]] = {}
    for kind in kinds:
        if kind in KINDS_WITH_SECTOR:
            found |= {f"{kind}.{sector.value}": (kind, sector) for sector in Sector}
        else:
            found[kind] = (kind, None)
    return found


OPERATIONS: Mapping[str, tuple[str, type[UnitChangeForm]]] = MappingProxyType(
    {
        "doi-ten": (N_("Rename"), RenameForm),
        "sap-nhap": (N_("Merge"), MergeForm),
        "chia-tach": (N_("Split"), SplitForm),
        "dieu-chinh": (N_("Transfer a part"), TransferForm),
        "chuyen": (N_("Move under another unit"), MoveForm),
        "doi-loai": (N_("Change its kind"), KindForm),
        "thanh-lap": (N_("Found a unit under it"), FoundingForm),
        "ket-thuc": (N_("End it"), UnitChangeForm),
    }
)
"""What may happen to a unit: the word in the address, the words on the page, the fields."""


CHANGE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "ngay": N_("Day"),
        "can_cu": N_("Ordered by"),
        "ten": N_("New name"),
        "ty_le": N_("Share"),
        "theo": N_("The shares rest on"),
        **{f"ten_{n}": N_("Name of the new unit") for n in range(1, PARTS + 1)},
        **{f"ty_le_{n}": N_("Share") for n in range(PARTS + 1)},
    }
)
"""What the texts in these fields are."""


def proposed_change(
    unit: Unit, operation: str, form: UnitChangeForm, today: date
) -> ChangeProposal:
    """What the filled-in form proposes. Raises InputError with what to correct."""
    ws = workspace()
    change = ChangeRequest(
        catalogue=ws.catalogue,
        tree=ws.units,
        day=read_date(form.ngay.data or "", today=today),
        basis=(form.can_cu.data or "").strip(),
    )
    if isinstance(form, MergeForm):
        others = form.cung.data or []
        return change.merge(
            [unit.code, *others], into=form.vao.data or None, name=form.ten.data or ""
        )
    if isinstance(form, FoundingForm):
        kind, sector = kind_choices()[form.loai.data or ""]
        return change.open(unit.code, form.ten.data or "", kind, sector)
    if isinstance(form, RenameForm):
        return change.rename(unit.code, form.ten.data or "")
    if isinstance(form, SplitForm):
        shares = [form[f"ty_le_{n}"].data or "" for n in range(PARTS + 1)]
        read = [read_share(text) if text.strip() else None for text in shares]
        return change.split(
            unit.code,
            [(form[f"ten_{n}"].data or "", read[n]) for n in range(1, PARTS + 1)],
            kept_share=read[0],
            continues=bool(form.giu.data),
            share_basis=(form.theo.data or "").strip(),
        )
    if isinstance(form, TransferForm):
        share = (form.ty_le.data or "").strip()
        return change.transfer(
            unit.code,
            form.toi.data or "",
            read_share(share) if share else None,
            (form.theo.data or "").strip(),
        )
    if isinstance(form, MoveForm):
        return change.move(unit.code, form.toi.data or "")
    if isinstance(form, KindForm):
        kind, sector = kind_choices()[form.loai.data or ""]
        return change.change_kind(unit.code, kind, sector)
    return change.close(unit.code)
