"""Word files for the tests: text edited as a clerk does it, and files shaped as Word saves them. (Word itself
was not run.)"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from nqcore.analysis.report.typesetting import plain_breaks

_ONE = {qn("w:noBreakHyphen"): "-", qn("w:tab"): " ", qn("w:br"): " "}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# -- text of paragraphs, and where it may be cut ------------------------------------------------------


def runs(paragraph: _Element) -> Iterator[_Element]:
    return paragraph.iter(qn("w:r"))


def run_text(run: _Element) -> str:
    return "".join(
        (one.text or "") if one.tag == qn("w:t") else _ONE.get(one.tag, "") for one in run
    )


def text(paragraph: _Element) -> str:
    return plain_breaks("".join(map(run_text, runs(paragraph))))


def cut(paragraph: _Element, at: int) -> None:
    """Split the run in which that character stands, so that a run begins with it."""
    start = 0
    for run in [*runs(paragraph)]:
        length = len(run_text(run))
        if start < at < start + length:
            _split(run, at - start)
            return
        start += length


def _split(run: _Element, at: int) -> None:
    behind = deepcopy(run)
    run.addnext(behind)
    start = 0
    for one, other in zip([*run], [*behind], strict=True):
        if one.tag == qn("w:rPr"):
            continue
        held = (one.text or "") if one.tag == qn("w:t") else _ONE.get(one.tag, "")
        end = start + len(held)
        if end <= at:
            behind.remove(other)
        elif start >= at:
            run.remove(one)
        else:
            _set(one, held[: at - start])
            _set(other, held[at - start :])
        start = end


def _set(t: _Element, words: str) -> None:
    t.text = words
    t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def between(paragraph: _Element, start: int, end: int) -> list[_Element]:
    """The runs that hold exactly these characters."""
    cut(paragraph, start)
    cut(paragraph, end)
    found, at = [], 0
    for run in runs(paragraph):
        length = len(run_text(run))
        if length and start <= at and at + length <= end:
            found.append(run)
        at += length
    return found


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


# -- editing ----------------------------------------------------------------------------------------


def every_paragraph(document: docx.document.Document) -> list[_Element]:
    return [*document.element.body.iter(qn("w:p"))]


def edit(data: bytes, *changes: tuple[str, str]) -> bytes:
    """Type `new` over `old`, for each pair, in the one paragraph that has it. Bookmarks stay as they can."""
    document = docx.Document(BytesIO(data))
    for old, new in changes:
        type_over(find(document, old), old, new)
    return saved(document)


def find(document: docx.document.Document, words: str) -> _Element:
    found = [p for p in every_paragraph(document) if words in text(p)]
    assert found, f"not in the document: {words}"
    return found[0]


def type_over(paragraph: _Element, old: str, new: str) -> None:
    """As one types over a marked text: what both begin and end with stays untouched."""
    start = text(paragraph).index(old)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    held = between(paragraph, start + same, start + len(old) - tail)
    added = new[same : len(new) - tail]
    if held:
        first, *rest = held
    else:
        cut(paragraph, start + same)
        first, rest = _new_run_at(paragraph, start + same), []
    for run in rest:
        run.getparent().remove(run)
    for one in [*first]:
        if one.tag != qn("w:rPr"):
            first.remove(one)
    made = OxmlElement("w:t")
    _set(made, added)
    first.append(made)


def _new_run_at(paragraph: _Element, at: int) -> _Element:
    made, start, last = OxmlElement("w:r"), 0, None
    for run in runs(paragraph):
        if start >= at:
            break
        start, last = start + len(run_text(run)), run
    if last is None:
        paragraph.append(made)
    else:
        last.addnext(made)
    return made


def delete_paragraphs(data: bytes, *beginnings: str) -> bytes:
    document = docx.Document(BytesIO(data))
    for words in beginnings:
        paragraph = find(document, words)
        paragraph.getparent().remove(paragraph)
    return saved(document)


def add_paragraph(data: bytes, after: str, words: str) -> bytes:
    """A new paragraph behind that one, typed by hand."""
    document = docx.Document(BytesIO(data))
    paragraph = find(document, after)
    made, run, t = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
    _set(t, words)
    run.append(t)
    made.append(run)
    paragraph.addnext(made)
    return saved(document)


def move_paragraph(data: bytes, words: str, before: str) -> bytes:
    document = docx.Document(BytesIO(data))
    find(document, before).addprevious(find(document, words))
    return saved(document)


def merge_paragraphs(data: bytes, words: str) -> bytes:
    """The paragraph goes on in the one before it."""
    document = docx.Document(BytesIO(data))
    paragraph = find(document, words)
    before = paragraph.getprevious()
    for one in [*paragraph]:
        if one.tag != qn("w:pPr"):
            before.append(one)
    paragraph.getparent().remove(paragraph)
    return saved(document)


def pasted(data: bytes) -> bytes:
    """All text in a new document, as it is pasted without its form: no bookmarks, tables stay."""
    document = docx.Document(BytesIO(data))
    for one in [*document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        one.getparent().remove(one)
    return saved(document)


def without_properties(data: bytes) -> bytes:
    """The file without what its properties say of the review, as some programs save it."""
    document = docx.Document(BytesIO(data))
    links = document.part.package.rels
    for id in [id for id, one in links.items() if one.reltype.endswith("/custom-properties")]:
        del links[id]
    return saved(document)


def with_properties(data: bytes, said: Mapping[str, str]) -> bytes:
    """The file with other values of these properties."""
    document = docx.Document(BytesIO(data))
    (part,) = (
        one for one in document.part.package.iter_parts() if one.partname == "/docProps/custom.xml"
    )
    root = ElementTree.fromstring(part.blob)
    for one in root:
        if one.get("name") in said:
            one[0].text = said[one.get("name", "")]
    part._blob = ElementTree.tostring(root)
    return saved(document)


# -- shapes in which Word saves -----------------------------------------------------------------------


def split_runs(data: bytes, seed: int) -> bytes:
    """Runs cut at random places, with the marks of the spelling check and of revisions between them."""
    chance = random.Random(seed)
    document = docx.Document(BytesIO(data))
    for paragraph in every_paragraph(document):
        length = len(text(paragraph))
        for at in sorted(chance.sample(range(1, length), min(length - 1, 6))) if length > 1 else ():
            cut(paragraph, at)
        for run in [*runs(paragraph)]:
            run.set(qn("w:rsidR"), f"{chance.getrandbits(32):08X}")
            if chance.random() < 0.2:
                error = OxmlElement("w:proofErr")
                error.set(qn("w:type"), "spellStart")
                run.addprevious(error)
    return saved(document)


def reorder_bookmarks(data: bytes, seed: int) -> bytes:
    """The ends of bookmarks moved to the end of the next run and to the front, names of Word's own between
    them, some dropped, some copied with "_Copy_1"."""
    chance = random.Random(seed)
    document = docx.Document(BytesIO(data))
    body = document.element.body
    for nth, start in enumerate([*body.iter(qn("w:bookmarkStart"))]):
        id = start.get(qn("w:id"))
        end = next(one for one in body.iter(qn("w:bookmarkEnd")) if one.get(qn("w:id")) == id)
        lot = chance.random()
        if lot < 0.25:  # dropped
            for one in (start, end):
                one.getparent().remove(one)
        elif lot < 0.45:  # both before the number, as after typing over it
            start.addnext(end)
        elif lot < 0.6:
            start.set(qn("w:name"), start.get(qn("w:name")) + "_Copy_1")
        elif lot < 0.75:
            other, close = deepcopy(start), deepcopy(end)
            for one in (other, close):
                one.set(qn("w:id"), str(50_000 + nth))
            other.set(qn("w:name"), f"_Hlk{chance.randrange(10**8)}")
            start.addprevious(other)
            end.addnext(close)
    return saved(document)


def tracked(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The changes as Word tracks them: the old words in w:del, the new ones in w:ins."""
    document = docx.Document(BytesIO(data))
    for nth, (old, new) in enumerate(changes):
        paragraph = find(document, old)
        start = text(paragraph).index(old)
        held = between(paragraph, start, start + len(old))
        added = OxmlElement("w:ins")
        run, t = OxmlElement("w:r"), OxmlElement("w:t")
        _set(t, new)
        run.append(t)
        added.append(run)
        held[-1].addnext(added)
        for run in held:  # a run each, as Word does where it is formatted
            gone = OxmlElement("w:del")
            run.addprevious(gone)
            gone.append(run)
            for t in run.iter(qn("w:t")):
                t.tag = qn("w:delText")
        for one in (added, *paragraph.iter(qn("w:del"))):
            one.set(qn("w:id"), str(70_000 + nth))
            one.set(qn("w:author"), "Chánh Văn phòng")
            one.set(qn("w:date"), "2018-10-10T08:00:00Z")
    return saved(document)


def wrapped(data: bytes) -> bytes:
    """Every second run in a smart tag, a content control, a hyperlink or a field, by turns."""
    document = docx.Document(BytesIO(data))
    for paragraph in every_paragraph(document):
        for nth, run in enumerate([*runs(paragraph)]):
            if nth % 2 or run.getparent() is not paragraph:
                continue
            shell = OxmlElement(("w:smartTag", "w:sdt", "w:hyperlink", "w:fldSimple")[nth // 2 % 4])
            run.addprevious(shell)
            if shell.tag == qn("w:sdt"):
                shell.append(OxmlElement("w:sdtPr"))
                shell.append(OxmlElement("w:sdtContent"))
                shell[-1].append(run)
            else:
                shell.append(run)
    return saved(document)


# -- LibreOffice --------------------------------------------------------------------------------------


def through_libreoffice(data: bytes, folder: Path, *steps: str) -> bytes:
    """The file as LibreOffice saves it, one step after the other: "docx", "doc"."""
    kinds = {"docx": "docx:MS Word 2007 XML", "doc": "doc:MS Word 97"}
    file = folder / "given.docx"
    file.write_bytes(data)
    for nth, step in enumerate(steps):
        out = folder / f"step-{nth}"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kinds[step], "--outdir"]
        subprocess.run(
            [*command, str(out), str(file)], check=True, capture_output=True, timeout=180
        )
        file = out / f"given.{step}"
    return file.read_bytes()
