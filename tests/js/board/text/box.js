// A text box without a browser, and time that a test turns on, for Field.

export class Box extends EventTarget {
  value = ""
  selectionStart = 0
  selectionEnd = 0
  scrollTop = 0
  scrollHeight = 0
  selectionDirection = "none"
  style = { height: "", minHeight: "" }

  /** @param {number} start @param {number} end */
  setSelectionRange(start, end) {
    this.selectionStart = start
    this.selectionEnd = end
  }

  focus() {
    Object.assign(document, { activeElement: this })
    this.dispatchEvent(new Event("focus"))
  }

  blur() {
    Object.assign(document, { activeElement: null })
    this.dispatchEvent(new Event("blur"))
  }

  /** Types one sign, or pastes, in place of what is selected. @param {string} text */
  type(text) {
    this.replace(this.selectionStart, this.selectionEnd, text)
  }

  /** @param {number} start @param {number} end @param {string} text */
  replace(start, end, text) {
    this.value = this.value.slice(0, start) + text + this.value.slice(end)
    this.setSelectionRange(start + text.length, start + text.length)
    this.dispatchEvent(new Event("input"))
  }
}

/**
 * Time stands still until `pass` is called. Gives the box too, as Field takes it.
 * @param {any} t
 */
export function stage(t) {
  let now = 1000
  t.mock.timers.enable({ apis: ["setTimeout"] })
  t.mock.method(performance, "now", () => now)
  const box = new Box()
  Object.assign(globalThis, { document: Object.assign(new EventTarget(), { activeElement: null }) })
  return { box, input: /** @type {any} */ (box), pass }

  /** @param {number} ms */
  function pass(ms) {
    for (let gone = 0; gone < ms; gone += 10) {
      now += 10
      t.mock.timers.tick(10)
    }
  }
}
