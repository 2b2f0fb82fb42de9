// Starts the phone of a workshop, on top of what every page has.
import "app/app.js"
import { attach } from "app/lib/attach.js"
import { phone } from "./phone.js"

attach({ phone })
