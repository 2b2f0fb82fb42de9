// Starts the outline, on top of what every page has: other pages do without its scripts.
import "app/app.js"
import { outline } from "app/behaviours/outline.js"
import { attach } from "app/lib/attach.js"

attach({ outline })
