import type { CallResult, Link } from './messages.ts';
import { ANSWER_WAIT_MS, call, type BodyReader } from './protocol.ts';

/** of calendars, reports and documents on paper */
const TYPES = /^(?:text\/(?:calendar|csv)|application\/(?:pdf$|vnd\.openxmlformats-))/;

const file: BodyReader = (response, isJson) => {
  if (isJson) return response.json();
  return TYPES.test(response.headers.get('content-type') ?? '') ? response.blob() : null;
};

/** A calendar or a report. A refusal comes as JSON. */
export function fetchFile(link: Link, path: string): Promise<CallResult<Blob>> {
  const isFile = (body: unknown) => body instanceof Blob;
  return call(link, 'GET', path, undefined, isFile, ANSWER_WAIT_MS, file);
}
