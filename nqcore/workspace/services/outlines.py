"""`ws.outlines`: the outlines (*đề cương*) that the office entered: read out of a file, saved, removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nqcore.collection.accounts.access import Account
from nqcore.collection.own_outlines import OwnOutline, own_outlines, remove_outline, save_outline
from nqcore.errors import N_, InputError
from nqcore.model.outlines import Outline
from nqcore.model.periods import PeriodKind
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState
from nqcore.workspace.register.outline_draft import OutlineDraft, outline_of_docx


class OutlineInFile(InputError):
    """The outline stands in workspace.toml, which holds before what is entered. Params: id."""

    code = "outline-in-file"
    template = N_(
        "The outline “{id}” stands in the file workspace.toml. Change it there, or save yours as a new one."
    )


@checked
class OutlineService:
    """The office's own outlines are records of the journal, owned by the workspace. `ws.reviews.outlines`
    has those of plugins too, `ws.reviews.outline` the one that a report has."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    def own(self) -> tuple[OwnOutline, ...]:
        """The outlines that the office entered, the one that was saved last first.

        >>> ws.outlines.own()  # the office has entered none
        ()
        """
        self._state.refresh()
        return own_outlines(self._state.store)

    def read(self, data: bytes, *, name: str, id: str | None = None) -> OutlineDraft:
        """The headings of a .docx as an outline to look over, with the lines that are left out; nothing is
        written. `name`: that of the file, `id`: that of the outline (None: a new one, from the name). Raises
        FileRefused, NoHeadings.

        >>> from io import BytesIO
        >>> import docx
        >>> file, paper = BytesIO(), docx.Document()
        >>> for heading in ("I- Kết quả", "II- Kiến nghị"):
        ...     _ = paper.add_paragraph(heading)
        >>> paper.save(file)
        >>> draft = ws.outlines.read(file.getvalue(), name="de-cuong.docx")
        >>> draft.outline.id, [part.heading for part in draft.outline.parts if part.heading]
        ('de-cuong', ['Kết quả', 'Kiến nghị'])
        >>> draft.left_out
        ()
        """
        draft = outline_of_docx(data, name, id or "")
        new = draft.outline if id else replace(draft.outline, id=self.new_id(draft.outline.id))
        return replace(draft, outline=new)

    def new_id(self, wanted: str) -> str:
        """`wanted`, or where an outline has that id already, one that none has.

        >>> ws.outlines.new_id("ngan")
        'ngan-2'
        """
        known = self._state.context.catalogue.outlines
        found, nth = wanted, 2
        while found in known:
            found, nth = f"{wanted}-{nth}", nth + 1
        return found

    def save(
        self,
        outline: Outline,
        *,
        by: Account | str,
        directives: Iterable[str] | None = None,
        periods: Iterable[PeriodKind] | None = None,
        base: int | None = None,
    ) -> OwnOutline:
        """Save the outline as the office's own, for the reports on `directives` over `periods` (kinds of
        period; empty: all); None: as the outline says. One with the id of a plugin's holds before it. `base`:
        the number of the own one that the user saw (0: none). Raises NotAllowed, UnknownName, OutlineInFile,
        OutlineRefused, TextRefused, MisreadText, OutlineChanged.

        >>> from dataclasses import replace
        >>> mine = replace(ws.reviews.outline("1-NQ/HU", "tong-ket"), id="cua-huyen")
        >>> saved = ws.outlines.save(mine, by="duyet", directives=["1-NQ/HU"])
        >>> saved.number, ws.reviews.outline("1-NQ/HU").id
        (1, 'cua-huyen')
        """
        state = self._state
        state.refresh()
        if any(one.id == outline.id for one in state.settings.outlines):
            raise OutlineInFile(id=outline.id)
        if directives is not None:
            known = state.context.catalogue.directives
            outline = replace(outline, default_for=tuple(known[one].id for one in directives))
        if periods is not None:
            outline = replace(outline, periods=tuple(PeriodKind(one) for one in periods))
        saved = save_outline(state.store, state.actor(by), outline, root=state.root, base=base)
        state.refresh()
        return saved

    def remove(self, id: str, *, by: Account | str) -> None:
        """Take an outline of the office back: its reports have the one that they had without it; frozen ones
        keep theirs. Raises NotAllowed, UnknownName.

        >>> saved = ws.outlines.save(ws.reviews.outline("1-NQ/HU", "tong-ket"), by="duyet")
        >>> ws.outlines.remove("tong-ket", by="duyet")
        >>> ws.outlines.own()
        ()
        """
        state = self._state
        state.refresh()
        remove_outline(state.store, state.actor(by), id, root=state.root)
        state.refresh()
