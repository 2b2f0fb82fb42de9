// The keys of the canvas, in one table: what help shows is what works.

/**
 * @typedef {object} Key
 * @property {string[]} keys  names of keys, as the browser gives them, with `Ctrl+` for Ctrl or Command. A single letter
 *   or sign counts while nothing is selected, and can be switched off
 * @property {string} show    how help writes it
 * @property {string} does
 * @property {string} act     the name of what it does
 */
/** @typedef {{ key: string, code?: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean, getModifierState?: (name: string) => boolean }} Press */

/** @type {Key[]} */
export const KEYS = [
  {
    keys: [],
    show: "Any letter",
    does: "With a card or section selected: write in it. The single letters and signs below work with nothing selected",
    act: "native",
  },
  { keys: ["n"], show: "N", does: "Add a note", act: "add" },
  { keys: ["s"], show: "S", does: "Add a section", act: "section" },
  { keys: ["/"], show: "/", does: "Find a card", act: "find" },
  { keys: ["f"], show: "F", does: "Show where most of the board is", act: "fit" },
  { keys: ["j"], show: "J", does: "Go to a section: show the list of them", act: "sections" },
  { keys: ["+", "="], show: "+", does: "Zoom in", act: "closer" },
  { keys: ["-"], show: "−", does: "Zoom out", act: "farther" },
  { keys: ["w"], show: "W", does: "Show what others have changed", act: "news" },
  { keys: ["?"], show: "?", does: "Show this list", act: "help" },
  {
    keys: ["Tab", "Shift+Tab"],
    show: "Tab",
    does: "Go from card to card, section by section",
    act: "native",
  },
  { keys: ["]", "Alt+ArrowDown"], show: "] or Alt + down", does: "Next card in the outline", act: "next" },
  { keys: ["[", "Alt+ArrowUp"], show: "[ or Alt + up", does: "Previous card", act: "before" },
  {
    keys: ["Alt+Shift+ArrowDown"],
    show: "Alt + Shift + down",
    does: "Select the next card as well",
    act: "extend",
  },
  {
    keys: ["Alt+Shift+ArrowUp"],
    show: "Alt + Shift + up",
    does: "The previous card as well",
    act: "extendBack",
  },
  {
    keys: ["Shift+ "],
    show: "Shift + Space",
    does: "Select several: add the card that has the focus, or take it away",
    act: "toggle",
  },
  {
    keys: ["Ctrl+a"],
    show: "Ctrl + A",
    does: "Select all cards of the section, then all of the board",
    act: "all",
  },
  { keys: [], show: "Shift + drag", does: "On the ground: select the cards in a box", act: "native" },
  { keys: ["Ctrl+d"], show: "Ctrl + D", does: "Duplicate what is selected", act: "duplicate" },
  {
    keys: [],
    show: "Ctrl + C, X, V",
    does: "Copy or cut cards, to another board or as text; paste cards, or rows of text, one card a row",
    act: "native",
  },
  { keys: ["Enter", "F2"], show: "Enter", does: "Edit the selected card or section", act: "edit" },
  { keys: ["Alt+Enter"], show: "Alt + Enter", does: "Open the panel of what is selected", act: "open" },
  { keys: ["Shift+F10"], show: "Shift + F10", does: "Go to the bar beside what is selected", act: "bar" },
  { keys: ["Alt+l"], show: "Alt + L", does: "Link the selected card to another", act: "link" },
  {
    keys: ["Alt+m"],
    show: "Alt + M",
    does: "Move the selected card: go to its section menu",
    act: "move",
  },
  { keys: ["Alt+c"], show: "Alt + C", does: "Comment on the selected card", act: "comment" },
  { keys: ["Delete", "Backspace"], show: "Delete", does: "Remove what is selected", act: "remove" },
  {
    keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"],
    show: "Arrow keys",
    does: "Move what is selected, in a section of rows to another place in turn; with nothing selected, pan",
    act: "arrow",
  },
  {
    keys: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"],
    show: "Shift + arrow keys",
    does: "The same in larger steps, in a section of rows to the beginning or end",
    act: "arrow",
  },
  {
    keys: ["Alt+ArrowLeft", "Alt+ArrowRight"],
    show: "Alt + left or right",
    does: "Make the selected card narrower or wider",
    act: "size",
  },
  {
    keys: ["Escape", "Shift+Escape"],
    show: "Escape",
    does: "Take back a drag, leave a panel or a field; then select nothing",
    act: "leave",
  },
  { keys: ["Ctrl+z"], show: "Ctrl + Z", does: "Undo what you did last", act: "undo" },
  {
    keys: ["Ctrl+Shift+z", "Ctrl+y"],
    show: "Ctrl + Shift + Z",
    does: "Redo what you undid last",
    act: "redo",
  },
  { keys: [" "], show: "Space", does: "Hold and drag to pan", act: "native" },
]

/**
 * The entry for a pressed key, if it has one.
 * @param {Press} press
 * @param {boolean} singles whether single letters and signs count
 * @returns {Key | undefined}
 */
export function keyFor(press, singles) {
  const name = nameOf(press)
  return name.length > 1 || singles ? KEYS.find((key) => key.keys.includes(name)) : undefined
}

/** Whether the key writes something: a letter or sign, a dead accent, or the first key of an input method. @param {Press} press */
export function writes(press) {
  const { key, ctrlKey, metaKey, altKey } = press
  if ((ctrlKey || metaKey || altKey) && !isThirdLevel(press)) return false
  return key !== " " && (!isNamed(key) || key === "Dead" || key === "Process")
}

/** @param {Press} press */
function nameOf(press) {
  const { ctrlKey, metaKey, shiftKey, altKey } = press
  const sign = signOf(press)
  if (isThirdLevel(press)) return sign
  const bare = sign.length === 1 && !/[a-z ]/.test(sign) // for a sign it does not matter whether Shift was needed
  return [(ctrlKey || metaKey) && "Ctrl", altKey && "Alt", shiftKey && !bare && "Shift", sign]
    .filter(Boolean)
    .join("+")
}

/**
 * What the key stands for: its own letter where that is Latin, its own sign, or its name. On every other layout, and for
 * the signs that Alt makes on a Mac, the letter that is at this place of a Latin keyboard.
 * @param {Press} press
 */
function signOf({ key, code = "", altKey }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  const place = /^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? BRACKETS[code]
  const own = isNamed(key) ? !UNNAMED.has(key) : /^[\p{P}\p{S}\p{N}\s]$/u.test(key) && !altKey
  return own ? key : (place ?? key)
}

/** @type {Record<string, string>} */
const BRACKETS = { BracketLeft: "[", BracketRight: "]" }
const UNNAMED = new Set(["Dead", "Process", "Unidentified"]) // what stands for a letter that is not known yet

/** 'Enter', 'ArrowLeft': not a letter or sign; one Arabic key gives two letters. @param {string} key */
function isNamed(key) {
  return /^[A-Z][A-Za-z0-9]+$/.test(key)
}

/** With AltGr a key gives its third sign; some systems then say that Ctrl and Alt are down. @param {Press} press */
function isThirdLevel(press) {
  return press.getModifierState?.("AltGraph") ?? false
}
