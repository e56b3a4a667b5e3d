"""Lines of a long list that were set aside, as a CSV a spreadsheet opens without running any cell."""

import csv
import io
from collections.abc import Sequence

from ancrage.declarations.csv_text import Reject
from ancrage.dynamics.invitations import harmless


def rejects_csv(rejects: Sequence[Reject]) -> str:
    """Line, reason, text (semicolons)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("ligne", "raison", "texte"))
    writer.writerows((one.line, harmless(one.reason), harmless(one.text)) for one in rejects)
    return out.getvalue()
