// Starts every page: htmx for forms and fragments, then each behaviour on the elements that ask for it.
import "htmx.org"
import { waitWhileBusy } from "app/behaviours/busy.js"
import { clearDevice } from "app/behaviours/clear_device.js"
import { closeSlot } from "app/behaviours/close_slot.js"
import { closes } from "app/behaviours/closes.js"
import { composer } from "app/behaviours/composer.js"
import { copy } from "app/behaviours/copy.js"
import { dismiss } from "app/behaviours/dismiss.js"
import { enter } from "app/behaviours/enter.js"
import { focusMe } from "app/behaviours/focus_me.js"
import { follow } from "app/behaviours/follow.js"
import { grid } from "app/behaviours/grid.js"
import { keepQuery } from "app/behaviours/keep_query.js"
import { keepWords } from "app/behaviours/keep_words.js"
import { me } from "app/behaviours/me.js"
import { notSaved } from "app/behaviours/not_saved.js"
import { takeOnlyOwnAnswers } from "app/behaviours/own_answers.js"
import { listenToPastes } from "app/behaviours/pastes.js"
import { print } from "app/behaviours/print.js"
import { saveAsTyped } from "app/behaviours/save_as_typed.js"
import { sendOnce } from "app/behaviours/send_once.js"
import { showCurrent } from "app/behaviours/show_current.js"
import { signOut } from "app/behaviours/sign_out.js"
import { wall } from "app/behaviours/wall.js"
import { attach } from "app/lib/attach.js"
import { ensureStorage } from "app/lib/storage.js"

ensureStorage()
takeOnlyOwnAnswers()
waitWhileBusy()
sendOnce()
attach({
  "clear-device": clearDevice,
  "close-slot": closeSlot,
  closes,
  composer,
  copy,
  dismiss,
  enter,
  "focus-me": focusMe,
  follow,
  grid,
  "keep-query": keepQuery,
  "keep-words": keepWords,
  me,
  "not-saved": notSaved,
  print,
  "save-as-typed": saveAsTyped,
  "show-current": showCurrent,
  "sign-out": signOut,
  wall,
})
listenToPastes()
