"""The title of a directive as it was pasted: its boxes are filled with what the reader of citations finds."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from nqcore.errors import N_
from nqcore.text.dates import write_date
from webforms.admin.content_form import ContentForm, posted_form
from webforms.shared.context import workspace
from webforms.shared.language import _
from webforms.shared.posted import this_request

PASTE = "van_ban_goc"
"""The box for the whole title."""
NOTHING = N_(
    "No number of a document was found in it. Paste the whole title, for example “Nghị quyết số 21-NQ/TW "
    "ngày 22/11/2012 của Bộ Chính trị về …”, or fill in the boxes below."
)


def with_pasted(form: ContentForm, text: str) -> ContentForm:
    """The form with what the text says; what it does not say stays as it was typed."""
    found = workspace().content.find_directive(text)
    if found is None:
        return replace(form, errors={PASTE: [_(NOTHING)]})
    read = {
        "type": found.type,
        "number": found.number,
        "issuer": found.issuer,
        "body": found.body,
        "title": found.title,
        "date": write_date(found.date) if found.date else "",
    }
    posted = MultiDict(this_request().form)
    for key, words in read.items():
        if words:
            posted[key] = words
    return posted_form(form.shape, posted, form.before)
