// data-outline="board id": keeps the outline up to date, says what happened, and never moves focus or caret.

import { forceFocus } from "app/lib/forced_focus.js"
import { Bar } from "app/outline/bar.js"
import { Follow } from "app/outline/follow.js"
import { followFoot } from "app/outline/foot.js"
import { focusAfter, keepOpenForms, keepScroll } from "app/outline/guard.js"
import { dropSaved, showLeftForms } from "app/outline/left_forms.js"
import { compare } from "app/outline/news.js"
import { openedHeader } from "app/outline/opened.js"
import { showOverwritten } from "app/outline/overwritten.js"
import { OwnFocus } from "app/outline/own_focus.js"
import { read } from "app/outline/reading.js"
import { Refresh } from "app/outline/refresh.js"
import { showState, showUnsaved } from "app/outline/save_state.js"
import { SectionSwitch } from "app/outline/section_switch.js"
import { dropKept, showReasons } from "app/outline/stranded_forms.js"
import { keepAboveClash, TypedMeanwhile } from "app/outline/typed_meanwhile.js"
import { markReached, markUnreached } from "app/outline/unreached.js"
import { Voice } from "app/outline/voice.js"

/** @param {HTMLElement} element */
export function outline(element) {
  const board = element.dataset.outline ?? ""
  const voice = new Voice({ polite: speakIn("say"), assertive: speakIn("say-now") })
  const bar = new Bar(/** @type {HTMLElement} */ (document.getElementById("news")), (level) => {
    voice.level = level
  })
  for (const each of element.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus") // htmx would act on it again
  let reading = read(element)
  let refocus = /** @type {ReturnType<typeof focusAfter>} */ (() => null)
  let hold = () => {}

  const refresh = new Refresh(board, {
    before: () => {
      if (document.activeElement) refocus = focusAfter(document.activeElement)
      hold = keepScroll(element)
    },
    after: () => {
      hold()
      const now = read(element)
      const entries = compare(reading, now)
      reading = now
      const next = refocus()
      if (next?.gone) {
        forceFocus(next.element)
        voice.own("Somebody else removed the item you were on.")
      } else next?.element.focus({ preventScroll: true })
      bar.add(entries)
      voice.others(entries)
    },
    failed: () => showState("offline"),
    recovered: () => follow.live && showState(follow.reachedState),
  })
  const sections = new SectionSwitch(element, (id) => refresh.ask([id], 0))
  const stopFollowingFoot = followFoot(element)
  const follow = new Follow(board, Number(element.dataset.seq), {
    parts: (ids) => refresh.ask(ids),
    news: (news) => refresh.show(news),
    overwritten: (id) => {
      voice.alarm("Somebody else changed the same words. Both texts are kept, so that you can compare them.")
      const shown = sections.bring(id, board).then(() => showOverwritten(board, id))
      shown.catch(() => {}) // the words are kept on the server all the same
    },
    state: (state, say) => {
      if (showState(say ? "ended" : state) && state === "offline")
        voice.alarm(say ?? "Connection lost. Nothing can be saved at the moment.")
    },
  })

  const listening = new AbortController()
  /** @type {(name: string, act: (event: any) => void, on?: EventTarget) => void} */
  const on = (name, act, target = document) =>
    target.addEventListener(name, act, { signal: listening.signal })

  on("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail
    const done = ctx.response?.status < 400
    writing = meanwhile.keep(ctx.sourceElement, tasks, done)
    writing ||= done && keepAboveClash(ctx.sourceElement, tasks)
    keepOpenForms(element, tasks, done && !writing ? ctx.sourceElement.closest(".slot") : null)
  })
  on("htmx:after:swap", (event) => {
    const { response, sourceElement } = event.detail.ctx
    if (response?.status < 400) dropKept(element, sourceElement)
    meanwhile.bringBack()
    showReasons(element)
    showLeftForms(element)
    showUnsaved(element)
    sections.update()
    own.answered(event.detail.ctx, writing)
  })
  const own = new OwnFocus()
  const meanwhile = new TypedMeanwhile()
  let writing = false
  on("htmx:config:request", (event) => Object.assign(event.detail.ctx.request.headers, openedHeader()))
  on("htmx:before:request", (event) => {
    own.requested(event.detail.ctx)
    if (event.detail.ctx.request.method !== "POST") return
    refresh.hold()
    meanwhile.sent(event.detail.ctx.sourceElement)
    showState("sending")
  })
  on("htmx:after:request", (event) => {
    if (event.detail.ctx.request.method !== "POST") return
    markReached(event.target)
    showState(follow.reachedState)
    if (event.detail.ctx.response.status < 400) {
      event.target.dispatchEvent(new Event("words:sent", { bubbles: true }))
      dropSaved(event.target)
    }
  })
  on("htmx:finally:request", (event) => event.detail.ctx.request.method === "POST" && refresh.release())
  on("htmx:error", (event) => {
    const { ctx } = event.detail
    if (!ctx) return
    showState("offline")
    follow.lost()
    if (ctx.request.method !== "POST")
      return voice.alarm("The server could not be reached. Try again in a moment.")
    markUnreached(ctx.sourceElement)
    showReasons(element)
    showUnsaved(element)
    voice.alarm("Not saved. Your words are still here; try again in a moment.")
  })
  on("outline:done", (event) => {
    reading = read(element)
    voice.own(event.detail.say)
    const place = document.getElementById(event.detail.focus)
    sections.reveal(place)
    own.move(place)
    sections.bringIntoView(event.detail.added)
    if (event.detail.undone) sections.undone()
  })
  on("slot:closed", () => refresh.ask(null))
  on("slot:closed", () => showLeftForms(element))
  showLeftForms(element)
  showUnsaved(element)
  follow.start()

  return () => {
    listening.abort()
    sections.stop()
    stopFollowingFoot()
    follow.stop()
    refresh.stop()
    voice.stop()
  }
}

/** @param {string} id */
function speakIn(id) {
  return (/** @type {string} */ text) => {
    const place = document.getElementById(id)
    if (place) place.textContent = text
  }
}
