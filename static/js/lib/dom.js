// Creates elements. Text is always text: nothing here takes markup.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element. Names of `props`: `class`, `text`, `on*` listeners, `data`; anything else is an attribute (true: bare).
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  if (tag === "textarea") element.dir = "auto" // as its first letters go, from the left or the right
  for (const [name, value] of Object.entries(props)) put(element, name, value)
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {any} value
 */
function put(element, name, value) {
  if (value === null || value === undefined || value === false) return
  if (name === "class") element.className = value
  else if (name === "text") element.textContent = value
  else if (name === "value") /** @type {any} */ (element).value = value
  else if (name === "data") Object.assign(element.dataset, value)
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
  else element.setAttribute(name, value === true ? "" : String(value))
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Node} children
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  element.append(...children)
  return element
}

/** The element with this id. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/** @param {Node} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Makes the children of `parent` those of `list`, in order. Those that stay are not touched, so they keep the focus.
 * @template {Element} E
 * @param {Element} parent
 * @param {E[]} list
 */
export function arrange(parent, list) {
  const wanted = new Set(/** @type {Element[]} */ (list))
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove()
  let at = parent.firstElementChild
  for (const child of list) {
    if (child === at) at = at.nextElementSibling
    else if (child.parentElement === parent && child.contains(document.activeElement))
      at = moveSiblings(parent, child, at)
    else parent.insertBefore(child, at)
  }
}

/**
 * Moves what is before a focused child behind it, since the child itself would lose the focus by moving.
 * @param {Element} parent
 * @param {Element} child
 * @param {Element | null} at
 */
function moveSiblings(parent, child, at) {
  while (at && at !== child) {
    const next = at.nextElementSibling
    parent.append(at)
    at = next
  }
  return child.nextElementSibling
}

/** Whether keys typed into the target are text. @param {EventTarget | null} target */
export function isText(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
}
