"""Opening spreadsheet files safely, as one model of cells for every format.

Nothing is understood here but cells: value, text, format, formula, comment. What they mean for the index is
the matter of :mod:`cbi.tables` and :mod:`cbi.intake`. Workbooks are read in one streaming pass that stops at
bounds, because a workbook that comes from outside may be a bomb, and because fonts and colours, at which a
full reader of the format may stumble, do not matter here.
"""

from cbi.sheets.guards import Form, SheetFileError, form_of
from cbi.sheets.model import Book, Cell, Sheet


def read_book(data: bytes, name: str) -> Book | None:
    """Read a workbook of any format; None for a text file.

    ``name`` is what messages call the file; its form is told by its content. Raises :class:`SheetFileError`
    for a file that cannot be read.
    """
    match form_of(data):  # each reader is opened only when such a file comes
        case Form.EXCEL:
            from cbi.sheets.excel import read_excel

            return read_excel(data, name)
        case Form.OPEN_DOCUMENT:
            from cbi.sheets.opendocument import read_opendocument

            return read_opendocument(data, name)
        case Form.OLD_EXCEL:
            from cbi.sheets.old_excel import read_old_excel

            return read_old_excel(data, name)
        case Form.TEXT:
            return None


__all__ = ["Book", "Cell", "Sheet", "SheetFileError", "read_book"]
