// Events by name, so that parts of the page can react to each other without knowing each other.

export class Emitter {
  /** @type {Map<string, Set<(news: any) => void>>} */
  #listeners = new Map()

  /**
   * @param {string} name
   * @param {(news: any) => void} listener
   * @returns {() => void} stops listening
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  /**
   * @param {string} name
   * @param {any} [news]
   */
  emit(name, news) {
    for (const listener of this.#listeners.get(name) ?? []) listener(news)
  }
}
