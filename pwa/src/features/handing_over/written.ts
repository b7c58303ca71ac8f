// Control characters but a new line, and halves of a character: no database keeps them.
const UNSTORABLE = /[^\P{Cc}\n]|\p{Surrogate}/gu;

/** A client's words as the server takes them (Y3): an answer with anything else would be refused, and lost. */
export function storable(text: string): string {
  return text.replace(UNSTORABLE, ' ');
}
