"""What is wrong in a file, where, and how to mend it; the kind of file says which error it becomes."""

from ancrage.language.typography import capitalised


class Fault(Exception):  # noqa: N818 a finding, which a reader turns into the error of its room
    """A fault of a text: ``what`` in French, without capital nor full stop; its line, when it has one."""

    def __init__(self, what: str, line: int | None = None, repair: str = "") -> None:
        self.what, self.line, self.repair = what, line, repair
        super().__init__(what)

    @property
    def placed(self) -> str:
        """« ligne 3 : il manque « nom » », for a list of reasons that names the file apart."""
        return f"ligne {self.line} : {self.what}" if self.line else self.what

    def told(self, name: str) -> str:
        """« cas.md », ligne 3 : il manque « nom ». A text without a name begins with its line."""
        parts = [f"« {name} »"] if name else []
        parts += [f"{'ligne' if parts else 'Ligne'} {self.line}"] if self.line else []
        if not parts:
            return f"{capitalised(self.what)}."
        return f"{', '.join(parts)} : {self.what}."


def line_at(text: str, position: int) -> int:
    """Line, from 1, of a position in a text."""
    return text.count("\n", 0, position) + 1


def shown(value: object, longest: int = 60) -> str:
    """A value as it was received, cut short, on one line, in characters that any output can write."""
    text = str(value) if isinstance(value, str | int | float | bool) else _outline(value)
    flat = "".join(sign if sign.isprintable() else " " for sign in text[: longest + 1])
    return f"{flat[:longest]}…" if len(text) > longest else flat


def _outline(value: object) -> str:
    """A collection without what it holds: it may be as large as the file."""
    match value:
        case None:
            return "rien"
        case dict():
            return "des clés et des valeurs"
        case list() | tuple():
            return "une liste"
        case _:
            return str(value)
