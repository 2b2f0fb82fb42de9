// Starts every page: htmx for forms and fragments, then each behaviour on the elements that ask for it.
import "htmx.org"
import { attach } from "app/lib/attach.js"
import { copy } from "app/behaviours/copy.js"
import { focusMe } from "app/behaviours/focus_me.js"

attach({ copy, "focus-me": focusMe })
