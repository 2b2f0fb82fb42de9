// Whether the window is as narrow as a phone: the same measure as in the styles.

export function isSmallScreen() {
  return matchMedia("(max-width: 43.75rem)").matches
}
