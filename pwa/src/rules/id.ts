/** Of `shape.ts`, what the first screen needs: whether a text is an id. */

const ID = /^[0-9a-z-]{1,64}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}
