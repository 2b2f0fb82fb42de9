"""Find: cards, boards, records, goals and measures of a space by their words, as who asks may see them."""
