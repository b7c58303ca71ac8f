/**
 * Which file is kept of a client who was entered twice (H7). Twin of `server/rules/one_person.py`;
 * `tests/vectors/one_person.json` binds the two.
 */

import { own } from './own.ts';

/**
 * By each duplicate among `files` the file that is kept for it; `named` says which other file each one names. A name is
 * followed as far as it leads within `files`: from duplicate to duplicate, and never out of what a reader has. Of files that
 * name each other in a circle the one with the smallest id is kept.
 */
export function keptFiles(
  named: Readonly<Record<string, string>>,
  files: readonly string[],
): Record<string, string> {
  const readable = new Set(files);
  const kept = files.flatMap((file): [string, string][] => {
    const way = [file];
    let following = own(named, file);
    while (following !== undefined && readable.has(following) && !way.includes(following)) {
      way.push(following);
      following = own(named, following);
    }
    const from = following === undefined ? -1 : way.indexOf(following);
    const [smallest = file] = way.slice(from).sort();
    return smallest === file ? [] : [[file, smallest]];
  });
  return Object.fromEntries(kept);
}
