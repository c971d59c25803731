"""The user's own Word document, with what Fabula found in its margin."""

from fabula.exports.docx.document import to_docx
from fabula.exports.docx.remarks import Remark, remarks_of

__all__ = ["Remark", "remarks_of", "to_docx"]
