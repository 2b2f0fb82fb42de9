// Shows one's own overwritten text together with the text that replaced it, without moving focus or caret.
import { isOwn } from "app/lib/own_answer.js"
import htmx from "htmx.org"

/**
 * Opens both texts under the item, below the form that may be open there; focus and caret stay where they are.
 * @param {string} board
 * @param {string} id
 */
export async function showOverwritten(board, id) {
  const slot = document.getElementById(`slot-${id}`)
  if (!slot || slot.querySelector(".clash")) return
  const answer = await fetch(`/boards/${board}/outline?item=${id}&show=overwritten`, {
    headers: { "hx-request": "true", "hx-current-url": location.href, accept: "text/html" },
  })
  if (!answer.ok || !isOwn(answer) || slot.querySelector(".clash")) return
  await htmx.swap({ sourceElement: slot, target: slot, swap: "beforeend", text: await answer.text() })
}
