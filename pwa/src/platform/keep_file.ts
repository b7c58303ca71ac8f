/** Kept long enough for a slow disk or a question of the browser's. */
const KEPT_MS = 60_000;

/** Hands a file to the browser, which saves it. No client's name in `name`: it stays in the list of downloads. */
export function keepFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, KEPT_MS);
}
