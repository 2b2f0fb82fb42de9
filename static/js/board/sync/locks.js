// What is locked of a board's set-up, for the person who looks. The server decides again, by app/access.py. Pure.

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {(act: string) => boolean} May whether the person is offered an op, by its tag */

/** Whether the person may move, resize, rename or remove this section. @param {May} may @param {Item | undefined} section */
export function mayChangeSection(may, section) {
  return may("edit_section") && (!section?.fields.locked || may("lock_section"))
}

/** Whether an op would change a section that is locked for them. @param {May} may @param {{ do: string }} op @param {Item | undefined} item */
export function isLockedFor(may, op, item) {
  return (
    item?.item === "section" &&
    op.do.endsWith("_section") &&
    op.do !== "lock_section" &&
    !mayChangeSection(may, item)
  )
}
