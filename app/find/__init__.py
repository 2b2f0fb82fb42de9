"""Find: cards, boards, goals and measures of a space by their words, as the person who asks may see them."""
