"""Which column of a pasted block has the figures of the report's period."""

from __future__ import annotations

from nqcore.workspace.table_import.name_matching import NamedUnit
from nqcore.workspace.table_import.pasted_cells import is_figure
from nqcore.workspace.table_import.pasted_heads import is_main_head
from nqcore.workspace.table_import.pasted_table import PastedTable


def chosen_column(table: PastedTable, named: NamedUnit) -> int:
    """The column of the report's period; -1 where none is surely that."""
    if table.message:
        return table.width - 1
    if table.width == 1:
        return -1 if table.says(table.head(0)) < 0 else 0
    said = {k: _column_says(table, named, table.head(k)) for k in range(table.width)}
    keys = [line.key for line in table.body if line.at >= 0]
    behind = [
        k
        for k in range(max(table.words, min(keys, default=-1)) + 1, table.width)
        if k != table.measure
    ]
    own = [k for k in behind if said[k] > 0]
    best = own or [k for k in behind if said[k] == 0 and is_main_head(table.head(k))]
    if best:
        return best[0] if len(best) == 1 else -1
    signed = {k for k in table.columns if any(one[0] in "-–−+" and len(one) > 1 and is_figure(one)
                                              for one in table.filled(k))}  # fmt: skip
    now = [k for k in table.columns if said[k] == 0 and k not in signed]
    if not now or (len(now) > 1 and any(map(table.head, now))):
        return -1
    end = now[-1]
    unsure = any(
        not table.head(k) and not any(one.strip("-–−") for one in table.filled(k))
        for k in behind
        if k > end
    )
    # Without heads the last one, unless it may be that of the last period and the next is still empty.
    if unsure and table.is_last(end) is not False:
        return -1
    if len(now) == 1:
        return end
    # Of two without heads the report shows which one is that of the last period.
    is_after = table.is_last(now[0]) and not table.is_last(end)
    return end if len(now) == 2 and is_after else -1


def _column_says(table: PastedTable, named: NamedUnit, head: str) -> int:
    """What a head says of its figures, also by the unit that it names."""
    said, unit = table.says(head), named.head(head)
    return -1 if said < 0 else max(said, unit) if unit >= 0 else said
