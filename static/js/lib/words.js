// Words for people: shortened text, counted nouns, articles.

const MOMENT = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short" })

/** @param {string} text @param {number} [length] */
export function shorten(text, length = 60) {
  const flat = text.trim().split(/\s+/).join(" ")
  return flat.length <= length ? flat : `${flat.slice(0, length).replace(/\s\S*$/, "")}…`
}

/** @param {number} number @param {string} one @param {string} [many] */
export function plural(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`
}

/** A moment as this device writes dates and times, on the clock that the page goes by. @param {number} at unix seconds */
export function moment(at) {
  const timeZone = globalThis.document?.documentElement.dataset.zone
  const when = new Date(at * 1000)
  try {
    return when.toLocaleString([], { ...MOMENT, timeZone })
  } catch {
    return when.toLocaleString([], MOMENT) // this browser does not know the clock, but knows its own
  }
}

/** Parts as sentences, each with one sign at its end. @param {string[]} parts */
export function sentences(parts) {
  return parts.map((part) => (/[.!?…。！？]["'”’)]*$/u.test(part) ? part : `${part}.`)).join(" ")
}

/** "Saved" never stands alone where something is not. @param {string} words @param {number} unsaved how many items */
export function withUnsaved(words, unsaved) {
  return unsaved ? `${words}, ${plural(unsaved, "item")} not saved` : words
}

/** 'a note', 'an outcome'. @param {string} word */
export function withArticle(word) {
  return `${/^[aeiou]/i.test(word) ? "an" : "a"} ${word}`
}
