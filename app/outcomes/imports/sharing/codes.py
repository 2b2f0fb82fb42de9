"""The codes and other names by which files know an organisation of a space. Pure."""

from collections.abc import Iterable, Mapping

from app.outcomes.imports.rows import folded
from app.spaces.rules import Errors
from app.spaces.space import Organisation

MOST = 12
MOST_LETTERS = 120


def read(
    text: str, own: str, organisations: Iterable[Organisation], known: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], Errors]:
    """The codes that somebody wrote for their organisation, one a line, and what is wrong.

    `known` are the codes by organisation. What another organisation is called already would make rows of
    files theirs or ours by chance.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    codes = tuple({folded(line): line for line in lines if line}.values())
    if len(codes) > MOST:
        return codes, {"codes": f"Write at most {MOST} codes."}
    if long := next((one for one in codes if len(one) > MOST_LETTERS), None):
        return codes, {"codes": f"“{long[:40]}…” is longer than {MOST_LETTERS} letters."}
    theirs = {
        folded(word): one.name
        for one in organisations
        if one.id != own
        for word in (one.name, *known.get(one.id, ()))
    }
    if taken := next((one for one in codes if folded(one) in theirs), None):
        return codes, {"codes": f"“{taken[:40]}” already stands for “{theirs[folded(taken)]}”."}
    return codes, {}


def places(organisations: Iterable[Organisation], known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Ids of organisations by every word that a file can have for them, folded; names before codes."""
    organisations = list(organisations)
    by_code = {folded(code): one.id for one in organisations for code in known.get(one.id, ())}
    return {**by_code, **{folded(one.name): one.id for one in organisations}}
