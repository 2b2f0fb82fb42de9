// Stands in for d3-transition and d3-interpolate in the bundles (scripts/vendor.py): d3-zoom wants them for transitions,
// and we start none. They would be a tenth of all script on the canvas.
import { selection } from "d3-selection"

export const interpolateZoom = null

export function interrupt() {}

selection.prototype.interrupt = function () {
  return this
}
