"""Sizes on a board in pixels: what ops leave out, what a field may be, and where cards are placed."""

FAR = 1_000_000.0
CARD_W, CARD_H = 200.0, 132.0  # nominal: a card is as tall as its words, which only a browser can measure
SECTION_W, SECTION_H = 520, 320

# The least and the most of each field; what is sent beyond is kept at the bound.
CARD_BOUNDS = {"x": (-FAR, FAR), "y": (-FAR, FAR), "w": (140.0, 640.0)}
SECTION_BOUNDS = {"x": (-FAR, FAR), "y": (-FAR, FAR), "w": (200.0, 8000.0), "h": (120.0, 8000.0)}

# The grid of cards that were given no place: between two spots, and from the corner of a section.
GAP, TOP = 24.0, 24.0
ASIDE, LAYERS = 14.0, 5  # from layer to layer of a full section, and how many before the first again

# A section that lays its cards out: between two of them, and from its edge.
GUTTER = 12.0
# What is kept free above a section for its heading, and beside it, where another is put or pushed.
HEADING, BESIDE = 80.0, 40.0
MOST_LOOSE = 300  # cards outside all sections: with more, looking for gaps costs more than it is worth
