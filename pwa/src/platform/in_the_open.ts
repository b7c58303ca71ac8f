/** The little that lies in the open on a device. A browser that lets nothing be kept throws at each touch: then nothing is kept. */

export function readOpenly(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** `null` takes it away. */
export function keepOpenly(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch (error) {
    console.error(error);
  }
}
