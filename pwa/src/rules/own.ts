/**
 * What a map itself holds under a key that comes from data, `undefined` where it holds nothing: never what every object inherits,
 * such as `constructor`. The map is read first, so that a form's fields stay followed.
 */
export function own<T>(
  map: Readonly<Record<string, T>> | null | undefined,
  key: string,
): T | undefined {
  const value = map?.[key];
  return value !== undefined && Object.hasOwn(map ?? {}, key) ? value : undefined;
}
