// What is pasted or dropped into a box: signs that cannot be stored are left out, and what does not fit is not lost.
export const LEFT_OUT = "Characters that cannot be stored were left out."
