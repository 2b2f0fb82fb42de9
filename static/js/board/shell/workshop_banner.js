// The line that says that a workshop is running on this board, and leads to taking part in it.
import { runningStage } from "app/board/sync/answers.js"

/** @param {import("app/board/context.js").BoardContext} context */
export function workshopBanner(context) {
  const banner = document.getElementById("workshop")
  if (!banner) return
  const draw = () => {
    const stage = runningStage(context.sync.view.values())
    banner.hidden = !stage
    const leads = stage?.fields.facilitators.includes(context.about.me)
    banner.querySelector("[data-leads]")?.toggleAttribute("hidden", !leads)
  }
  context.sync.on("changed", draw)
  draw()
}
