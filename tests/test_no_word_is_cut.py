"""What people write is never cut by a slice. Every slice of the shipped code is either one of the kinds that
cannot be of people's words, or stands here with the reason why it is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOOK = 4
"""So few letters are looked at (a first letter, a file's signature), not kept."""
DIGESTS = ("hash", "sha256", "hexdigest", "digest", "hmac", "folder_mark")

WHY: dict[str, dict[str, tuple[str, ...]]] = {
    "a list of numbers, of units, of files or the like, and no text": {
        "nqcore/testing/run_faults.py": (
            "[*kinds.values()][:SPANS]",
            "workspace.obligations.owed(form, period)[:UNITS]",
        ),
        "nqcore/collection/content/reach.py": ("units[:NAMED]",),
        "webforms/results/search.py": ("found.things[:most]",),
        "nqcore/analysis/findings/reporting.py": ("periods[:with_enough[-1] + 1]",),
        "nqcore/analysis/findings/rule_types/still_zero.py": ("every[:last]",),
        "nqcore/analysis/findings/target_verdicts.py": ("counting[:covered[-1] + 1]",),
        "nqcore/analysis/report/docx/widths.py": ("words[:nth]",),
        "nqcore/analysis/report/wording_measures.py": ("one.behind[:others]",),
        "nqcore/analysis/report/derived_numbers.py": ("every[:OFFERED]",),
        "nqcore/analysis/report/unit_table.py": ("units[:rows]",),
        "nqcore/analysis/report/measures.py": ("words[:length]",),
        "nqcore/analysis/readback/side_by_side.py": ("due[:600]", "said[:600]"),
        "nqcore/analysis/readback/which_review.py": ("document.paragraphs[:_HEAD]",),
        "nqcore/analysis/readback/matching.py": ("said.tokens[:at]",),
        "nqcore/analysis/readback/claim_terms.py": ("words[:start]",),
        "nqcore/analysis/readback/task_lines.py": ("keys[:keys.index(':')]",),
        "nqcore/analysis/readback/table_matching.py": ("sorted(grid)[:_HEAD_ROWS]",),
        "nqcore/analysis/readback/words_in_place.py": (
            "[word for word in words[at + 1:] if word not in FILLERS][:_DEED]",
        ),
        "nqcore/analysis/rollup/cube.py": ("room[:len(value[part])]",),
        "nqcore/analysis/rollup/subtree_ranges.py": ("buffer[:rows]",),
        "nqcore/workspace/register/outline_headings.py": ("given[:begin]",),
        "nqcore/workspace/register/outline_series.py": ("self._open[:depth]",),
        "nqcore/analysis/findings/rule_types/fields.py": ("periods[:covered[-1]]",),
        "nqcore/analysis/report/findings_parts.py": ("sentence[:nth]",),
        "nqcore/analysis/report/drafting/placing.py": ("names[:begin]",),
        "webforms/results/builder_page.py": (
            "[*reversed(workspace().drafting.history(state.review))][:STEPS_SHOWN]",
        ),
        "nqcore/analysis/report/same_units.py": ("sentence[:begins]",),
        "nqcore/collection/archive/backup_rotation.py": ("newest[:keep]",),
        "nqcore/collection/archive/log_file.py": (
            "_BEGINNING[:len(rest)]",
            "rest[:len(_BEGINNING)]",
        ),
        "nqcore/collection/entry/workbook/filled.py": ("sheets[:nth]",),
        "nqcore/files/incoming/file_signatures.py": ("data[:self.magic_at + 16]",),
        "nqcore/workspace/table_import/guess.py": ("list(self._names(at).items())[:_MANY]",),
        "nqcore/workspace/table_import/name_matching.py": (
            "list(dict.fromkeys((code for like, code in ranked if like >= _SIMILAR)))[:_PROPOSED]",
            "tuple((code for like, code in ranked if like >= _SIMILAR_INDICATOR))[:_PROPOSED]",
        ),
        "webforms/admin/content_uses.py": ("several[:NAMED]",),
        "webforms/entry/table_form.py": (
            "[row for row in rows if row > mapping.last][:BELOW]",
            "inside[:ROWS_SHOWN]",
        ),
        "nqcore/text/citations/hits.py": ("hits[:at]", "hits[:last + 1]"),
        "nqcore/workspace/unit_list/columns.py": ("rows[:_TITLE_ROWS]",),
        "nqcore/workspace/unit_list/kind_words.py": ("words[:count]",),
        "nqcore/model/outlines.py": ("slug(heading).split('-')[:_KEY_SYLLABLES]",),
        "nqcore/collection/archive/backup.py": (
            "sorted((str(doc.doc_id) for doc in store.table(BACKUPS)), reverse=True)[:count]",
        ),
        "nqcore/collection/monitoring/approval_queue.py": ("ids[:most]",),
        "nqcore/collection/settings.py": ("units[:nth]", "names[:nth]"),
        "nqcore/collection/validation/checks.py": ("past[:UNCHANGED_PERIODS - 1]",),
        "nqcore/errors.py": ("self.mistakes[:self.SHOWN]",),
        "nqcore/formulas/evaluate.py": ("factors[:at]",),
        "nqcore/model/projection.py": ("sorted(codes, key=lambda c: (-left[c], c))[:spare]",),
        "nqcore/store/snapshot.py": ("memoryview(raw)[:end]",),
        "nqcore/workspace/open_state.py": ("self._contexts[:KEPT - 1]",),
        "webforms/admin/units.py": (
            "several[:ASKED]",
            "[u for u in reach if u.code not in below and tree.children(u.code)][:MOST]",
            "[u for u in found if may(Action.MANAGE, u.code)][:FOUND]",
        ),
        "webforms/approval/approve.py": ("request.form.getlist('id')[:200]",),
        "webforms/entry/fields.py": ("wrong[:20]",),
        "webforms/results/figures.py": ("bars[:RANKED]",),
        "webforms/results/comparison.py": ("named[:MOST_COMPARED]",),
        "nqcore/analysis/unit_profile.py": ("chief[:FIGURES]",),
    },
    "the first of several names, and it is said how many more there are": {
        "nqcore/analysis/report/notes.py": ("listed[:NAMED]", "broken.events[:NAMED]"),
        "nqcore/analysis/report/sentences.py": ("piece.names[:NAMED]",),
        "nqcore/analysis/readback/unit_lists_check.py": ("every[:NAMED]",),
        "nqcore/analysis/rollup/restatement.py": ("why.origins[:_NAMED]",),
        "nqcore/analysis/report/wording_check.py": ("clause[:_KNOWN]",),
        "webforms/entry/tables.py": ("unknown[:table_form.NAMES_SHOWN]",),
        "nqcore/cli/cite.py": ("found.lines[:MOST_SAID]",),
        "nqcore/collection/entry/workbook/accounts.py": ("strays[:_SHOWN]",),
        "webforms/admin/content_preview.py": ("units[:NAMED]",),
        "webforms/shared/debts.py": ("found[:MOST]", "several[:EACH]"),
        "webforms/results/reminder_letters.py": (
            "one.asked[:REPORTS]",
            "parts[:REPORTS_IN_LINE]",
        ),
        "webforms/results/builder_page.py": ("found[:SAID_AT_ONCE]",),
    },
    "text of a known shape is taken apart": {
        "nqcore/analysis/readback/document.py": ("text[:at]",),
        "nqcore/analysis/report/same_units.py": ("opening.text[:clause.start()]",),
        "nqcore/analysis/report/unit_names.py": ("name[:areas[0].start()]",),
        "nqcore/analysis/findings/sentence_templates.py": ("template[:begin]",),
        "nqcore/collection/accounts/password_rules.py": (
            "(plain[:length] * len(plain))[:len(plain)]",
            "plain[:length]",
        ),
        "nqcore/collection/archive/custody.py": ("old.place[:16]",),
        "nqcore/files/spreadsheets/ods.py": ("shown[:digits.start()]",),
        "nqcore/workspace/register/outline_marks.py": ("words[:found.start()]",),
        "nqcore/files/spreadsheets/number_format.py": (
            "inside[:point]",
            "tokens[:places[0]]",
            "tokens[:power]",
            "head[:point]",
        ),
        "nqcore/store/place.py": ("identity_of(folder)[:32]",),
        "nqcore/store/secret.py": ("place[:16]",),
        "webforms/app.py": ("place[:8]",),
        "nqcore/collection/submissions/index.py": ("revision['at'][:10]",),
        "nqcore/store/files.py": ("name[:10]",),
        "nqcore/store/record.py": ("line[:head.start(4)]",),
        "nqcore/text/citations/day_lists.py": ("found[:whole]",),
        "nqcore/text/number_advice.py": ("words[:found.start()]",),
        "nqcore/workspace/table_import/pasted_table.py": (
            "self.lines[:self.first]",
            "self.lines[:nth]",
        ),
        "nqcore/text/citations/symbols.py": ("rest[:at]", "group[:cut]"),
        "nqcore/text/syllables.py": ("letters[:cut]",),
        "nqcore/workspace/register/mentions.py": ("citation.text[:digit.start() if digit else 0]",),
        "nqcore/workspace/register/own_document.py": (
            "text[:HEAD_LENGTH]",
            "head[:headline.start()]",
            "text[:c.start]",
        ),
    },
    "quoted in a message; the whole stays where it was typed, and is refused": {
        "nqcore/cli/printing/directives.py": ("title[:_SHOWN]",),
        "nqcore/catalogue/plugin_calls.py": ("' '.join(text.split())[:500]",),
        "nqcore/catalogue/toml_table.py": ("text[:79]",),
        "nqcore/collection/archive/backup_format.py": ("name[:200]", "text[:20]"),
        "nqcore/files/spreadsheets/xlsx.py": ("value[:20]",),
        "nqcore/model/typed_periods.py": ("text[:60]",),
        "nqcore/store/cut.py": ("record.at[:40]",),
        "nqcore/files/checked_xlsx.py": (
            "str(wanted)[:60]",
            "str(found)[:60]",
            "text[:MAX_CELL_CHARACTERS]",
        ),
        "nqcore/files/incoming/run_in_child.py": ("done.stdout.decode('utf-8', 'replace')[:200]",),
        "nqcore/formulas/evaluate.py": ("text[:_MAX_TEXT - 1]",),
        "nqcore/text/citations/numbers.py": ("text[:MAX_SHOWN]",),
        "nqcore/text/citations/parsing.py": ("text[:_MAX_TYPED]",),
        "nqcore/text/dates.py": ("shown[:MAX_TYPED]",),
        "nqcore/text/number_forms.py": ("text[:64]",),
        "nqcore/text/shares.py": ("plain[:40]",),
        "nqcore/text/suggestions.py": ("word.casefold()[:LONGEST]",),
        "webforms/admin/content_boxes.py": ("text[:40]",),
        "webforms/entry/fields.py": ("name[:40]",),
    },
    "the longest that the name or the title of a file or a sheet may have": {
        "nqcore/analysis/report/docx/package.py": (
            "printable(f'{report.type} {report.title}')[:255]",
            "printable(report.seal)[:255]",
        ),
        "nqcore/collection/entry/workbook/writing.py": ("_('Report')[:31]",),
        "nqcore/files/incoming/file_names.py": (
            "kept[:MAX_LENGTH]",
            "stem[:MAX_LENGTH - len(ending) - 1]",
        ),
    },
    "the newest of a list, with a link to all": {
        "webforms/admin/content.py": ("steps[:STEPS]",),
        "webforms/results/tasks.py": ("progress[:NEWEST]",),
    },
    "sought, and shown as it was sought; or a name by which tries are counted": {
        "webforms/admin/audit_log.py": ("request.args.get(key, '').strip()[:100]",),
        "webforms/shared/paging.py": ("request.args.get('tim', '').strip()[:100]",),
        "webforms/results/directives.py": ("request.args.get('tim', '').strip()[:200]",),
        "webforms/security/event_log.py": ("v[:LONGEST]",),
        "webforms/sign_in.py": ("(form.login.data or '').strip()[:200]",),
    },
}


def slices() -> Iterator[tuple[str, str]]:
    """Every slice of the shipped code that keeps a beginning: file and expression."""
    for room in ("nqcore", "webforms"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Subscript) and cuts(node):
                    yield str(path.relative_to(ROOT)), ast.unparse(node)


def cuts(node: ast.Subscript) -> bool:
    """Whether the slice drops an end, and may be of words."""
    if not isinstance(node.slice, ast.Slice) or node.slice.upper is None:
        return False
    if node.slice.lower is not None and ast.unparse(node.slice.lower) != "0":
        return False
    upper = node.slice.upper
    few = isinstance(upper, ast.Constant) and isinstance(upper.value, int) and upper.value <= LOOK
    from_the_end = isinstance(upper, ast.UnaryOp)
    return not few and not from_the_end and not any(d in ast.unparse(node) for d in DIGESTS)


def test_every_slice_has_a_reason_why_it_cuts_no_word():
    known = {(file, one) for files in WHY.values() for file, each in files.items() for one in each}
    found = set(slices())
    assert sorted(found - known) == []
    assert sorted(known - found) == []


def test_a_slice_on_words_is_found():
    found = ast.parse("explanation[:500]\nwords[:limit]\ntext[0:80]\na[:1]\na[3:9]")
    kept = [ast.unparse(n) for n in ast.walk(found) if isinstance(n, ast.Subscript) and cuts(n)]
    assert sorted(kept) == ["explanation[:500]", "text[0:80]", "words[:limit]"]


def test_nothing_else_cuts_words():
    for room in ("nqcore", "webforms"):
        for path in (ROOT / room).rglob("*.py"):
            # problems.py quotes in a warning; the words themselves stay where they were typed.
            quotes = path.name == "problems.py"
            assert quotes or "shorten(" not in path.read_text("utf-8"), path
