// Starts the phone of a workshop, on top of what every page has.
import "app/app.js"
