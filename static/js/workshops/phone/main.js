// Starts the phone of a workshop. It does without htmx, which no part of it needs, so that it is there sooner.
import { attach } from "app/lib/attach.js"
import { ensureStorage } from "app/lib/storage.js"
import { phone } from "./phone.js"

ensureStorage()
attach({ phone })
