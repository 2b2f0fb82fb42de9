// Keeping a section as it is: the button that locks it, for those who may.

import { button } from "./controls.js"

/**
 * @param {import("app/board/context.js").BoardContext} context
 * @param {import("app/board/commands.js").Commands} commands
 * @param {import("app/board/schema.js").Item} section
 * @returns {HTMLButtonElement | null} null for those who may not
 */
export function lockButton(context, commands, section) {
  if (!context.may("lock_section")) return null
  const { locked } = section.fields
  return button(locked ? "Unlock" : "Lock", () => commands.setLocked(section, !locked))
}
