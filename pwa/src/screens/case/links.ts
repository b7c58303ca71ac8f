/** Links that leave the app for the phone's own dialler and map; nothing is looked up on the way. */

export function phoneLink(phone: string): string {
  return `tel:${phone.replace(/[^+\d]/gu, '')}`;
}

/** The address as a question to whatever map the phone has. */
export function mapLink(address: string): string {
  return `geo:0,0?q=${encodeURIComponent(address)}`;
}
