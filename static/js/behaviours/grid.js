// data-grid: a table of inputs as in a spreadsheet. Arrows and Enter move, and Enter after Tab goes back to where
// the row was begun; pasted rows fill cells to the right and below, or with their periods go to the server, which
// finds their places. Numbers without a place are reported, and leaving with unsaved numbers asks first.
// Without this script the table is a plain form.

/** @param {HTMLElement} table */
export function grid(table) {
  const form = table.closest("form")
  /** @type {number | undefined} the column where Tab began in this row */
  let begun
  let sent = false

  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const cell = event.target
    if (!(cell instanceof HTMLInputElement) || event.isComposing) return
    const [down, right] = place(table, cell)
    if (event.key === "Tab" && !event.shiftKey) begun ??= right
    const step = stepOf(event, cell)
    if (!step) return
    const back = event.key === "Enter" && begun !== undefined ? begun - right : step[1]
    const next = at(table, [down, right], [step[0], back])
    begun = undefined
    if (event.key === "Enter" || next) event.preventDefault()
    next?.focus()
    next?.select()
  }

  /** @param {ClipboardEvent} event */
  const paste = (event) => {
    const cell = event.target
    const text = event.clipboardData?.getData("text/plain") ?? ""
    const rows = parseRows(text)
    if (!(cell instanceof HTMLInputElement) || (rows.length === 1 && rows[0]?.length === 1)) return
    event.preventDefault()
    const box = form?.querySelector("textarea[name=pasted]")
    if (hasPeriods(rows) && box instanceof HTMLTextAreaElement) {
      box.value = text
      const button = form?.querySelector("[data-fill]")
      if (button instanceof HTMLElement) button.click()
      return
    }
    const lost = fill(table, cell, rows)
    const said = form?.querySelector("[data-said]")
    if (said) said.textContent = lost ? unplaced(lost) : ""
  }

  /** @param {BeforeUnloadEvent} event */
  const leave = (event) => {
    if (!sent && (table.dataset.unsaved !== undefined || changed(table))) event.preventDefault()
  }
  const forget = () => {
    begun = undefined
  }
  const send = () => {
    sent = true
  }

  table.addEventListener("keydown", move)
  table.addEventListener("paste", paste)
  table.addEventListener("pointerdown", forget)
  form?.addEventListener("submit", send)
  addEventListener("beforeunload", leave)
  return () => {
    table.removeEventListener("keydown", move)
    table.removeEventListener("paste", paste)
    table.removeEventListener("pointerdown", forget)
    form?.removeEventListener("submit", send)
    removeEventListener("beforeunload", leave)
  }
}

/**
 * Whether most rows begin with a period, such as a month: then the server finds their places.
 * @param {string[][]} rows
 */
export function hasPeriods(rows) {
  const wide = rows.filter((row) => row.length > 1 && row[0])
  const words = wide.filter(
    (row) => /[a-z]|\d[-/.]\d+[-/.]\d/i.test(row[0] ?? "") && !/^(n\/?a|x|c)$/i.test(row[0] ?? ""),
  )
  return words.length * 2 > wide.length
}

/** @param {number} lost */
function unplaced(lost) {
  const cells = lost === 1 ? "1 number of what you pasted has" : `${lost} numbers of what you pasted have`
  return `${cells} no place in this table. Show earlier periods, start further up, or copy the months with the numbers.`
}

/**
 * Fills cells to the right and below. Gives how many values found no cell.
 * @param {HTMLElement} table
 * @param {HTMLInputElement} cell
 * @param {string[][]} rows
 */
function fill(table, cell, rows) {
  const from = place(table, cell)
  let last = cell
  let lost = 0
  rows.forEach((words, down) => {
    words.forEach((word, right) => {
      const target = at(table, from, [down, right])
      if (!target) {
        lost += word ? 1 : 0
        return
      }
      target.value = word
      target.dispatchEvent(new Event("input", { bubbles: true }))
      last = target
    })
  })
  last.focus()
  return lost
}

/** @param {HTMLElement} table */
function changed(table) {
  return cells(table).some((row) => row.some((cell) => cell.value !== cell.defaultValue))
}

/**
 * The rows and columns of text copied from a spreadsheet.
 * @param {string} text
 */
export function parseRows(text) {
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
