// The bar beside what is selected: what one does most, one press each. The rest is in the panel, which it opens.

import { button } from "app/board/panel/controls.js"
import { lockButton } from "app/board/panel/lock.js"
import { Menu } from "app/board/panel/menu.js"
import { byId, setText } from "app/lib/dom.js"
import { roveFocus } from "app/lib/roving_focus.js"
import { placeBar } from "./bar_place.js"

/** @typedef {import("app/board/schema.js").Item} Item */
/** @typedef {import("app/board/context.js").BoardContext} BoardContext */
/** @typedef {import("app/board/canvas/renderer.js").Renderer} Renderer */
/** @typedef {{ controls: HTMLElement[], refresh: (item?: any) => void }} Content   `item` is the one that is selected, if there is one */

/**
 * @param {BoardContext} context
 * @param {Renderer} renderer
 * @param {import("app/board/commands.js").Commands} commands
 * @param {{ edit: (id: string) => void, link: () => void, open: (part?: string) => void, several: () => Content }} ways
 */
export function selectionBar(context, renderer, commands, ways) {
  const bar = byId("selection-bar")
  /** @type {Content | null} */
  let content = null
  let shown = ""
  let size = { w: 0, h: 0 }
  /** @type {Record<string, (id: string) => Content>} */
  const contents = { card: cardContent, section: sectionContent, link: linkContent }
  roveFocus(bar)
  bar.addEventListener("keydown", leave)
  for (const news of ["selected", "several", "opened", "linking", "redrawn"]) context.on(news, draw)
  context.on("drawn", place)
  return { focus: (first = "button, select") => bar.querySelector(/** @type {"button"} */ (first))?.focus() }

  /** Its controls are made anew only for another item, so that news of others moves no focus. */
  function draw() {
    const item = isWanted() ? context.selectedItem : undefined
    const make = isForSeveral() ? ways.several : item && contents[item.item]
    const signature = make ? signatureOf(item) : ""
    if (signature !== shown) {
      shown = signature
      content = make ? make(item?.id ?? "") : null
      bar.replaceChildren(...(content?.controls ?? []))
      bar.toggleAttribute("data-several", isForSeveral())
      if (isForSeveral()) Object.assign(bar.style, { transform: "", visibility: "" })
    }
    if (!content) return // asking how large it is would have the whole board laid out at once
    content.refresh(item)
    if (isForSeveral()) return
    size = { w: bar.offsetWidth, h: bar.offsetHeight }
    place()
  }

  /** @param {Item | undefined} item */
  function signatureOf(item) {
    if (isForSeveral() || !item) return `several ${context.may("move_card")}`
    const { draft, locked } = item.fields
    const may = item.item === "section" ? context.mayChangeSection(item) : context.may("edit_card")
    return [item.id, may, context.may("move_card"), Boolean(draft), Boolean(locked)].join(" ")
  }

  function isForSeveral() {
    return context.isSeveral && context.linking === null && !isBusy()
  }

  /** Not while the panel shows the same, nor while one writes, drags or links. */
  function isWanted() {
    const { selected, opened, linking } = context
    return selected !== null && opened !== selected && linking === null && !isBusy()
  }

  function isBusy() {
    return context.writing !== null || renderer.layout.held !== null
  }

  function place() {
    if (!content || bar.hasAttribute("data-several")) return
    const at = placeBar(context, renderer, size)
    bar.style.visibility = at ? "" : "hidden"
    bar.style.transform = at ? `translate(${at.x}px, ${at.y}px)` : "" // else it would widen the page where it stood
  }

  /** @param {KeyboardEvent} event */
  function leave(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return
    event.preventDefault()
    const element = renderer.element(context.selected)
    const face = element?.querySelector(".card-face, .frame-pick") ?? renderer.viewport.screen
    if (face instanceof HTMLElement) face.focus({ preventScroll: true })
  }

  /** @param {string} id @returns {Content} */
  function cardContent(id) {
    const now = () => /** @type {Item} */ (context.get(id))
    const may = context.may("edit_card")
    const kind = new Menu("Kind", (value) => commands.setKind(now(), value))
    const comments = button("", () => ways.open("comment"))
    const first =
      now().fields.draft && context.may("publish_card")
        ? button("Publish", () => commands.publish(now()), "primary")
        : button("Edit", () => ways.edit(id))
    const changes = [
      first,
      kind.element,
      ...(context.may("add_link") ? [button("Link", ways.link, "wide-only")] : []),
      ...(context.may("move_card") ? [button("Move…", () => ways.open("section"), "wide-only")] : []),
    ]
    return {
      controls: [...(may ? changes : []), comments, more()],
      refresh: (item) => {
        const count = context.items.countComments(id)
        setText(comments, count ? `Comments ${count}` : context.may("add_comment") ? "Comment" : "Comments 0")
        kind.show(
          context.kinds.map((each) => [each.tag, each.word]),
          item.fields.kind,
        )
      },
    }
  }

  /** @param {string} id @returns {Content} */
  function sectionContent(id) {
    const section = /** @type {Item} */ (context.get(id))
    const edit = button("Edit", () => ways.edit(id))
    const lock = lockButton(context, commands, section)
    const controls = [context.mayChangeSection(section) && edit, lock].filter(
      (each) => each instanceof HTMLElement,
    )
    return { controls: [...controls, more()], refresh: () => {} }
  }

  /** @param {string} id @returns {Content} */
  function linkContent(id) {
    const now = () => /** @type {Item} */ (context.get(id))
    const means = new Menu("What the link says", (value) => commands.setMeaning(now(), value))
    const remove = button("Remove", () => commands.remove(now()))
    return {
      controls: [...(context.may("edit_link") ? [means.element, remove] : []), more()],
      refresh: (item) =>
        means.show(
          context.meanings.map((each) => [each.tag, each.word]),
          item.fields.means,
        ),
    }
  }

  function more() {
    const open = button("⋯", () => ways.open())
    open.setAttribute("aria-label", "More")
    return open
  }
}
