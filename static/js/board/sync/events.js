// Lets parts of the page hear of what happens without knowing one another.

export class Signals {
  /** @type {Map<string, Set<(news: any) => void>>} */
  #heard = new Map()

  /**
   * @param {string} name
   * @param {(news: any) => void} act
   * @returns {() => void} stops listening
   */
  on(name, act) {
    const acts = this.#heard.get(name) ?? new Set()
    this.#heard.set(name, acts.add(act))
    return () => acts.delete(act)
  }

  /**
   * @param {string} name
   * @param {any} [news]
   */
  tell(name, news) {
    for (const act of this.#heard.get(name) ?? []) act(news)
  }
}
