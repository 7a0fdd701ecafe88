"""Reading what arrives: mails, spreadsheets, PDFs, scans, orders and bank statements, with places.

Nothing in a document is ever executed and no formula is computed.
"""

from mainspring.knowledge.documents.document import Block, Document, Place, Problem
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.limits import Limits
from mainspring.knowledge.documents.reading import read

__all__ = ["Block", "Document", "DocumentError", "Limits", "Place", "Problem", "read"]
