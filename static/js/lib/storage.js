// Where the browser refuses `localStorage` or `sessionStorage`, as when cookies are blocked, a stand-in forgets with the page.

/** Call it before anything reads them: merely naming them raises an error in such a browser. */
export function ensureStorage() {
  for (const name of ["localStorage", "sessionStorage"]) {
    if (works(name)) continue
    Object.defineProperty(globalThis, name, { value: new Forgetful(), configurable: true })
  }
}

/**
 * Stores a value, unless there is no room left.
 * @param {globalThis.Storage} storage
 * @param {string} name
 * @param {string} value
 * @returns {boolean} whether it was stored
 */
export function store(storage, name, value) {
  try {
    storage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

/** @param {string} name */
function works(name) {
  try {
    const storage = /** @type {any} */ (globalThis)[name]
    return storage.getItem("throughline") !== undefined
  } catch {
    return false
  }
}

/** Its values lie on it as properties, so that `Object.keys` lists them as it does those of the browser's own. */
class Forgetful {
  /** @param {string} name @returns {string | null} */
  getItem(name) {
    return Object.hasOwn(this, name) ? /** @type {any} */ (this)[name] : null
  }

  /** @param {string} name @param {string} value */
  setItem(name, value) {
    Object.assign(this, { [name]: value })
  }

  /** @param {string} name */
  removeItem(name) {
    Reflect.deleteProperty(this, name)
  }
}
