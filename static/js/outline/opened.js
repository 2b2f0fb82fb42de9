// How much of each section the page has. It says so with each request: the answer then leaves out the rest.

const AT_ONCE = 40 // cards

/** What was asked for and is not here yet: how many cards, and up to which. @type {Map<string, { count: number, card: string }>} */
const wanted = new Map()

/** Notes that more of a section is wanted. @param {HTMLElement} part @param {string} [card] up to this one, by its id */
export function want(part, card = "") {
  const there = cardsOf(part).length
  wanted.set(part.dataset.part ?? "", { count: card ? Math.max(there, AT_ONCE) : there + AT_ONCE, card })
}

/** Forgets what has come. @returns {boolean} whether anything has */
export function forgetWhatCame() {
  const before = wanted.size
  for (const [id, { count, card }] of wanted) {
    const part = document.getElementById(`part-${id}`)
    const here = part ? cardsOf(part).length : 0
    const enough = card
      ? document.getElementById(`card-${card}`)
      : here >= Math.min(count, Number(part?.dataset.count))
    if (!part || enough) wanted.delete(id)
  }
  return wanted.size < before
}

/** The header that says it; none on a page that came with all cards. @returns {Record<string, string>} */
export function openedHeader() {
  if (!document.querySelector("[data-by-section]")) return {}
  const said = []
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-part]"))) {
    const id = part.dataset.part ?? ""
    const more = wanted.get(id)
    const cards = cardsOf(part)
    if (more) said.push(`${id}~${more.count}~${more.card}`)
    else if (part.dataset.partly !== undefined)
      said.push(`${id}~${cards.length}~${cards.at(-1)?.id.slice(5) ?? ""}`)
    else if (part.dataset.unopened === undefined) said.push(`${id}~999999~`)
  }
  return { "X-Opened": said.join(",") }
}

/** @param {Element} part */
function cardsOf(part) {
  return [...part.querySelectorAll(":scope > .cards > [data-card]:not(.gone)")]
}

/** The section that an item is in, as the form about it says. @param {string} item @param {string} board */
export async function partOf(item, board) {
  const answer = await fetch(`/boards/${board}/outline?item=${item}&show=overwritten`, {
    headers: { "hx-request": "true", accept: "text/html" },
  })
  const form = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html")
  return form.querySelector("[name=part]")?.getAttribute("value") ?? ""
}
