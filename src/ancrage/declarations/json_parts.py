"""The parts of a JSON text: where each of its values is written."""

import json
import re

from ancrage.declarations.json_text import STRING, too_deep
from ancrage.declarations.parts import DEEPEST, MOST_PARTS, Part, too_many

_TOKEN = re.compile(STRING.pattern + r'|[{}\[\]]|[^\s{}\[\],:"]+', re.DOTALL)


def parts_of_json(text: str) -> Part:
    """The root of a text already known to be JSON; a part tells lines, not values, but for its keys.

    Raises :class:`Fault` for too many values, or too deep.
    """
    top = Part([])
    stack, key = [top], ""
    line, begun, counted, awaited = 1, 1, 0, False
    for seen, found in enumerate(_TOKEN.finditer(text)):
        sign, holder = found[0], stack[-1]
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        if sign in "}]":
            stack.pop()
            awaited = isinstance(stack[-1].value, dict)
        elif awaited:
            key, awaited, begun = json.loads(sign), False, line
        else:
            keyed = isinstance(holder.value, dict)
            part = Part({} if sign == "{" else [] if sign == "[" else None)
            holder.put(key if keyed else len(holder.inside), begun if keyed else line, part)
            if sign in "{[":
                stack.append(part)
            awaited = isinstance(stack[-1].value, dict)
        if seen > 2 * MOST_PARTS:
            raise too_many(line)
        if len(stack) > DEEPEST + 1:
            raise too_deep(line)
    return top.inside[0][1]
