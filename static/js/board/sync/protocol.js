// How messages are read and written. Their shapes are in app/board/schema.js, made from the server's own types.

/** @typedef {import("app/board/schema.js").AnyOp} AnyOp */
/** @typedef {import("app/board/schema.js").Batch} Batch */
/** Any message, one of a type that is not known yet too. @typedef {{ type: string, [field: string]: any }} Message */

/**
 * A message out of a frame; null for what cannot be read, which is then ignored.
 * @param {unknown} text
 * @returns {Message | null}
 */
export function read(text) {
  if (typeof text !== "string") return null
  try {
    const message = JSON.parse(text)
    return typeof message?.type === "string" ? message : null
  } catch {
    return null
  }
}

/** @param {unknown} value */
export function isEncodable(value) {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}

/**
 * An op's or an undo's message. `n` must be set.
 * @param {{ n: number | null, op?: AnyOp | Batch, undo?: number, base?: number, read?: Record<string, string> }} entry
 */
export function write(entry) {
  const { n, op, undo, base, read } = entry
  if (!op) return { type: "op", n, undo_of: undo }
  return { type: "op", n, op, ...(base !== undefined && { base }), ...(read && { read }) }
}
