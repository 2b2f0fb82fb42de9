"""Breaks what only a browser shows, one thing at a time, and asks its test: `python -m tests.soak.breaks`.

Deleting line after line, as `mutate_lines` does, would start a browser a thousand times; here each break is
named. One that its test does not notice is told and fails the run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from msgspec import Struct

from tests.soak.mutate_lines import ROOT, copies_of, environment

CANVAS, PANEL, SHELL = (f"static/js/board/{room}" for room in ("canvas", "panel", "shell"))
FOCUS, MENUS, WORDS = (f"tests/browser/test_canvas_{name}.py" for name in ("focus", "menus", "words"))
OUTLINE = "tests/browser/outline/test_outline_focus.py"
LONGEST = 300.0  # seconds


class Break(Struct, frozen=True):
    """`was` becomes `wrong` in a file, and then this test fails."""

    what: str
    file: str
    was: str
    wrong: str
    test: str


BREAKS = (
    Break(
        "a removal by somebody else is not said",
        f"{CANVAS}/lost_focus.js",
        "return context.announcer.notify(REMOVED)",
        "return",
        f"{FOCUS}::test_K2_a_removal_by_somebody_else_is_said_and_the_focus_goes_to_the_neighbour",
    ),
    Break(
        "the focus goes to the canvas, not to the neighbour",
        f"{CANVAS}/lost_focus.js",
        "neighbours.find((id) => context.get(id)) ?? null",
        "null",
        f"{FOCUS}::test_K2_a_removal_by_somebody_else_is_said_and_the_focus_goes_to_the_neighbour",
    ),
    Break(
        "keys that were meant for what is gone are not held back",
        f"{CANVAS}/lost_focus.js",
        "    forceFocus(target)\n",
        "    target.focus()\n",
        f"{FOCUS}::test_keys_that_were_meant_for_what_is_gone_do_nothing_to_its_neighbour",
    ),
    Break(
        "what has the focus in the panel does not count",
        f"{CANVAS}/lost_focus.js",
        'if (byId("board-panel").contains(at)) return context.opened',
        "",
        f"{FOCUS}::test_in_the_panel_too_the_focus_goes_to_the_neighbour",
    ),
    Break(
        "one's own removal is told as somebody else's",
        f"{CANVAS}/lost_focus.js",
        "if (byUs) return target.focus({ preventScroll: true })",
        "",
        f"{FOCUS}::test_what_one_removes_or_undoes_oneself_is_not_laid_on_others",
    ),
    Break(
        "one's own undo is told as somebody else's removal",
        f"{CANVAS}/lost_focus.js",
        "undone ||= !entry.op",
        "undone = false",
        f"{FOCUS}::test_what_one_removes_or_undoes_oneself_is_not_laid_on_others",
    ),
    Break(
        "letters with a card selected are shortcuts",
        f"{SHELL}/keys.js",
        "if (onCanvas && context.selectedItem && writes(event)) return edit()",
        "",
        f"{FOCUS}::test_K3_typing_with_a_card_selected_edits_that_card",
    ),
    Break(
        "undo needs the letter Z",
        f"{SHELL}/keymap.js",
        "const place = /^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? BRACKETS[code]",
        "const place = BRACKETS[code]",
        f"{FOCUS}::test_undo_works_on_a_cyrillic_and_a_greek_keyboard",
    ),
    Break(
        "arrow keys choose from a menu",
        f"{PANEL}/menu.js",
        "else if (this.#byKey) this.#setPending(this.value !== this.#board.value)",
        "",
        f"{MENUS}::test_K4_arrow_keys_and_letters_look_through_a_menu_and_enter_chooses",
    ),
    Break(
        "leaving a menu chooses",
        f"{PANEL}/menu.js",
        "onblur: () => this.#release()",
        "onblur: () => this.#choose()",
        f"{MENUS}::test_a_menu_that_is_left_changes_nothing",
    ),
    Break(
        "news redraws a menu that somebody looks through",
        f"{PANEL}/menu.js",
        "if (!this.#pending && !this.#open) this.#draw()",
        "this.#draw()",
        f"{MENUS}::test_news_of_others_leaves_a_choice_that_is_being_made",
    ),
    Break(
        "a form that begins open takes the focus again with every change of the outline",
        "static/js/behaviours/outline.js",
        'each.removeAttribute("autofocus")',
        "each.id",
        f"{OUTLINE}::test_a_form_that_is_open_takes_no_letter_of_what_is_written_elsewhere",
    ),
    Break(
        "what is typed goes with the page",
        f"{SHELL}/leaving.js",
        "if (hidden) boxes.flush()",
        "",
        f"{WORDS}::test_what_is_typed_just_before_a_reload_is_there_after_it",
    ),
    Break(
        "what is written to IndexedDB too late goes with the page",
        f"{SHELL}/leaving.js",
        "copied = writeCopy(storage, where, outbox.tab, { ...outbox.unstored(), drafts })",
        "",
        f"{WORDS}::test_words_that_the_browsers_store_never_took_are_there_after_a_reload_once",
    ),
    Break(
        "the words of a board that is archived are not kept",
        "static/js/board/text/open_boxes.js",
        "if (draft) context.unsaved.keep(draft)",
        "",
        f"{WORDS}::test_words_in_a_card_whose_board_is_archived_stay_and_go_under_not_saved",
    ),
)


def is_noticed(broken: Break, copy: Path) -> bool:
    """Whether the test fails on this copy with the break in it."""
    source = (ROOT / broken.file).read_text()
    assert source.count(broken.was) == 1, f"{broken.file} no longer has: {broken.was}"
    (copy / broken.file).write_text(source.replace(broken.was, broken.wrong))
    try:
        return not passes(broken.test, copy)
    finally:
        (copy / broken.file).write_text(source)


def passes(test: str, copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    try:
        done = subprocess.run(
            command, cwd=copy, capture_output=True, timeout=LONGEST, env=environment(copy), check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main(args: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only breaks in files whose path holds one of these")
    given = parser.parse_args(args)
    began, left = time.monotonic(), 0
    tried = [each for each in BREAKS if not given.words or any(word in each.file for word in given.words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = copies_of(Path(folder), 1)[0]
        for test in dict.fromkeys(each.test for each in tried):
            assert passes(test, copy), f"{test} fails on the code as it is"
        for broken in tried:
            if not is_noticed(broken, copy):
                left += 1
                print(f"{broken.file}: nobody misses it: {broken.what}", flush=True)
    print(f"breaks in a browser: {len(tried)} tried, {left} survived, {time.monotonic() - began:.0f} s")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
