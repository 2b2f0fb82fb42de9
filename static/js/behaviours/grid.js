// data-grid: a table of inputs as in a spreadsheet. Arrows and Enter move; pasted rows fill cells to the right
// and below. Without it the table is a plain form.

/** @param {HTMLElement} table */
export function grid(table) {
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const cell = event.target
    if (!(cell instanceof HTMLInputElement) || event.isComposing) return
    const step = stepOf(event, cell)
    if (!step) return
    const next = at(table, place(table, cell), step)
    if (event.key === "Enter" || next) event.preventDefault()
    next?.focus()
    next?.select()
  }

  /** @param {ClipboardEvent} event */
  const paste = (event) => {
    const cell = event.target
    const rows = pasted(event.clipboardData?.getData("text/plain") ?? "")
    if (!(cell instanceof HTMLInputElement) || (rows.length === 1 && rows[0]?.length === 1)) return
    event.preventDefault()
    const from = place(table, cell)
    let last = cell
    rows.forEach((words, down) => {
      words.forEach((word, right) => {
        const target = at(table, from, [down, right])
        if (!target) return
        target.value = word
        target.dispatchEvent(new Event("input", { bubbles: true }))
        last = target
      })
    })
    last.focus()
  }

  table.addEventListener("keydown", move)
  table.addEventListener("paste", paste)
  return () => {
    table.removeEventListener("keydown", move)
    table.removeEventListener("paste", paste)
  }
}

/**
 * Rows and columns of what a spreadsheet copies.
 * @param {string} text
 */
export function pasted(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n")
  return lines.map((line) => line.split("\t").map((word) => word.trim()))
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} cell
 * @returns {[number, number] | undefined} how far down and right
 */
function stepOf(event, cell) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const atStart = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length
  switch (event.key) {
    case "ArrowDown":
      return [1, 0]
    case "ArrowUp":
      return [-1, 0]
    case "Enter":
      return [event.shiftKey ? -1 : 1, 0]
    case "ArrowRight":
      return atStart || cell.selectionStart === cell.value.length ? [0, 1] : undefined
    case "ArrowLeft":
      return atStart || cell.selectionEnd === 0 ? [0, -1] : undefined
    default:
      return undefined
  }
}

/** @param {HTMLElement} table */
function cells(table) {
  const rows = [...table.querySelectorAll("tbody tr")]
  return rows.map(
    (row) => /** @type {HTMLInputElement[]} */ ([...row.querySelectorAll("input:not([type=hidden])")]),
  )
}

/**
 * @param {HTMLElement} table
 * @param {HTMLInputElement} cell
 * @returns {[number, number]}
 */
function place(table, cell) {
  const rows = cells(table)
  const down = rows.findIndex((row) => row.includes(cell))
  return [down, rows[down]?.indexOf(cell) ?? 0]
}

/**
 * @param {HTMLElement} table
 * @param {[number, number]} from
 * @param {[number, number]} step
 */
function at(table, from, step) {
  return cells(table)[from[0] + step[0]]?.[from[1] + step[1]]
}
