/** Links that leave the app for the phone's own map; nothing is looked up on the way. */

/** The address as a question to whatever map the phone has. */
export function mapLink(address: string): string {
  return `geo:0,0?q=${encodeURIComponent(address)}`;
}
