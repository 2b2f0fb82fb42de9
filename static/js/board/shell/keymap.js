// The keys of the canvas, in one table: what help shows is what works.

/**
 * @typedef {object} Key
 * @property {string[]} keys      names of keys, as the browser gives them, with `Ctrl+` for Ctrl or Command
 * @property {string} show        how help writes it
 * @property {string} does
 * @property {string} act         the name of what it does
 * @property {boolean} [single]   a bare letter, which can be switched off
 */

/** @type {Key[]} */
export const KEYS = [
  {
    keys: ["n"],
    show: "N",
    does: "Add a note; in the selected section if there is one",
    act: "add",
    single: true,
  },
  { keys: ["s"], show: "S", does: "Add a section", act: "section", single: true },
  { keys: ["l"], show: "L", does: "Link the selected card to another", act: "link", single: true },
  {
    keys: ["m"],
    show: "M",
    does: "Move the selected card: go to its section menu",
    act: "move",
    single: true,
  },
  { keys: ["c"], show: "C", does: "Comment on the selected card", act: "comment", single: true },
  { keys: ["Enter", "F2"], show: "Enter", does: "Edit the selected card or section", act: "edit" },
  { keys: ["Delete", "Backspace"], show: "Delete", does: "Remove what is selected", act: "remove" },
  {
    keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    show: "Arrow keys",
    does: "Move what is selected; with nothing selected, pan",
    act: "arrow",
  },
  {
    keys: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"],
    show: "Shift + arrow keys",
    does: "The same in larger steps",
    act: "arrow",
  },
  {
    keys: ["Alt+ArrowLeft", "Alt+ArrowRight"],
    show: "Alt + left or right",
    does: "Make the selected card narrower or wider",
    act: "size",
  },
  {
    keys: ["Tab", "Shift+Tab"],
    show: "Tab",
    does: "Go from card to card, section by section",
    act: "native",
  },
  { keys: ["]"], show: "]", does: "Next card in the outline", act: "next", single: true },
  { keys: ["["], show: "[", does: "Previous card", act: "before", single: true },
  { keys: ["Escape"], show: "Escape", does: "Leave what you are doing; then select nothing", act: "leave" },
  { keys: ["Ctrl+z"], show: "Ctrl + Z", does: "Undo what you did last", act: "undo" },
  {
    keys: ["Ctrl+Shift+z", "Ctrl+y"],
    show: "Ctrl + Shift + Z",
    does: "Redo what you undid last",
    act: "redo",
  },
  { keys: ["f"], show: "F", does: "Fit the whole board", act: "fit", single: true },
  { keys: ["+", "="], show: "+", does: "Zoom in", act: "closer", single: true },
  { keys: ["-"], show: "−", does: "Zoom out", act: "farther", single: true },
  { keys: [" "], show: "Space", does: "Hold and drag to pan", act: "native" },
  { keys: ["w"], show: "W", does: "Show what others have changed", act: "news", single: true },
  { keys: ["?"], show: "?", does: "Show this list", act: "help", single: true },
]

/**
 * The entry for a pressed key, if it has one.
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean }} event
 * @param {boolean} singles whether bare letters count
 * @returns {Key | undefined}
 */
export function keyFor(event, singles) {
  const name = nameOf(event)
  return KEYS.find((key) => key.keys.includes(name) && (singles || !key.single))
}

/** @param {{ key: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean }} event */
function nameOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  const letter = key.length === 1 ? key.toLowerCase() : key
  const bare = key.length === 1 && !/[a-z]/i.test(key) // for a sign it does not matter whether Shift was needed
  return [(ctrlKey || metaKey) && "Ctrl", altKey && "Alt", shiftKey && !bare && "Shift", letter]
    .filter(Boolean)
    .join("+")
}
