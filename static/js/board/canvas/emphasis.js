// What stands out: what is selected, its links, and the cards they lead to. Everything else is dimmed meanwhile.

/** @typedef {import("app/board/context.js").BoardContext} BoardContext */

/** @param {BoardContext} context @param {import("./renderer.js").Renderer} renderer */
export function emphasise(context, renderer) {
  const { above } = renderer.links
  context.on("redrawn", dim)
  context.on("drawn", () => {
    const grow = String(1 / Math.min(1, renderer.viewport.k))
    if (renderer.links.hasWords && above.style.getPropertyValue("--grow") !== grow)
      above.style.setProperty("--grow", grow)
  })

  function dim() {
    const bright = brightCards(context, renderer.links)
    renderer.world.classList.toggle("emphasis", bright !== null)
    for (const [id, element] of renderer.cards.elements) {
      element.classList.toggle("dim", bright !== null && !bright.has(id))
    }
  }
}

/**
 * The cards that stay bright; null where nothing is dimmed, since nothing that is selected has a link.
 * @param {BoardContext} context
 * @param {{ isNear: (link: import("app/board/schema.js").Item) => boolean }} links
 * @returns {Set<string> | null}
 */
export function brightCards(context, links) {
  const near = context.items.fullLinks.filter((link) => links.isNear(link))
  if (!near.length || context.linking !== null) return null
  return new Set([...context.selection, ...near.flatMap(({ fields }) => [fields.start, fields.end])])
}
