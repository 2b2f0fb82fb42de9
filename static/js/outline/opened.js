// Which sections the page has the cards of. It says so with each request: the answer then leaves out those of others.

const asked = new Set()

/** Notes that the cards of a section are wanted. @param {string} id */
export function want(id) {
  asked.add(id)
}

/** The header that says it; none on a page that came with all cards. @returns {Record<string, string>} */
export function openedHeader() {
  if (!document.querySelector("[data-by-section]")) return {}
  const there = [...document.querySelectorAll("[data-part]:not([data-unopened])")]
  const ids = there.map((part) => part.getAttribute("data-part"))
  return { "X-Opened": [...new Set([...ids, ...asked])].join(",") }
}

/** The section that an item is in, as the form about it says. @param {string} item @param {string} board */
export async function partOf(item, board) {
  const answer = await fetch(`/boards/${board}/outline?item=${item}&show=overwritten`, {
    headers: { "hx-request": "true", accept: "text/html" },
  })
  const form = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html")
  return form.querySelector("[name=part]")?.getAttribute("value") ?? ""
}
