// What the wheel does: pans for a touchpad, zooms for a mouse. Asked at first use, changed in the settings.

import { store } from "app/lib/storage.js"

const CHOICE = "throughline wheel"

/** @typedef {"pan" | "zoom"} Wheel */

/** @returns {Wheel} */
export function wheelChoice() {
  return localStorage.getItem(CHOICE) === "zoom" ? "zoom" : "pan"
}

/** @param {string} choice */
export function setWheelChoice(choice) {
  store(localStorage, CHOICE, choice)
}

/**
 * Asks once, when the wheel is first turned over the canvas.
 * @param {HTMLElement} screen
 * @param {import("./announcer.js").Announcer} announcer
 */
export function askAboutWheel(screen, announcer) {
  if (localStorage.getItem(CHOICE)) return
  screen.addEventListener("wheel", ask)

  /** A pinch on a touchpad comes as a turn of the wheel with Ctrl: that zooms anyway. @param {WheelEvent} event */
  function ask({ ctrlKey }) {
    if (ctrlKey) return
    screen.removeEventListener("wheel", ask)
    announcer.ask(
      "How do you move on the canvas? You can change this later under Shortcuts and settings.",
      { word: "Mouse: the wheel zooms", act: () => setWheelChoice("zoom") },
      { word: "Touchpad: two fingers pan", act: () => setWheelChoice("pan") },
    )
  }
}
