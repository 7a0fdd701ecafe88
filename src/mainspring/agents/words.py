"""The words of a text in any language, for comparing texts by what they share."""


def words(text: str) -> frozenset[str]:
    """Words and numbers, caseless; Chinese, which has no spaces, by pairs of characters."""
    plain = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    pairs = (plain[place : place + 2] for place in range(len(plain) - 1))
    return frozenset(plain.split()) | {pair for pair in pairs if "\u4e00" <= pair[0] <= "\u9fff"}
