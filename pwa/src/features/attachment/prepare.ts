/**
 * [X7] From a file that somebody took or chose to what is kept of it: a picture is drawn anew on the device, so that place,
 * camera and whatever else lay beside its pixels never leave it; a PDF stays as it is. What is neither is told in words.
 */

import type { Bytes } from '../../model/keys.ts';
import { ATTACHMENT_BYTES_MAX } from '../../rules/constants.ts';

/** Why a file is not taken. */
export type FileFault =
  'empty' | 'photoTooLarge' | 'pdfTooLarge' | 'film' | 'heic' | 'drawing' | 'unknown' | 'broken';

/** What is sealed and sent of it. */
export interface Kept {
  sort: 'photo' | 'pdf';
  whole: Bytes;
  small: Bytes;
}

type Prepared = Kept | { fault: FileFault };

/** More than any camera of a phone writes; what is larger takes a phone's whole memory to draw. */
const PHOTO_BYTES_MAX = 30 * 2 ** 20;
const SIDE_PX_MAX = 1920;
const SMALL_SIDE_PX_MAX = 240;
const QUALITY = 0.82;
const SMALL_QUALITY = 0.7;
/** so much of a file tells what it is */
const HEAD_BYTES = 512;

export async function prepared(file: Blob): Promise<Prepared> {
  if (file.size === 0) return { fault: 'empty' };
  const sort = sortByHead(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  if (sort === 'pdf') return asPdf(file);
  if (sort !== 'photo' && sort !== 'heic') return { fault: sort };
  if (file.size > PHOTO_BYTES_MAX) return { fault: 'photoTooLarge' };
  try {
    return await drawn(file);
  } catch {
    return { fault: sort === 'heic' ? 'heic' : 'broken' };
  }
}

/** By its first bytes, whatever its name says. */
function sortByHead(head: Uint8Array): 'photo' | 'pdf' | 'heic' | FileFault {
  const text = String.fromCharCode(...head);
  if (text.startsWith('%PDF-')) return 'pdf';
  if (/^(?:\xff\xd8\xff|\x89PNG\r\n|RIFF[^]{4}WEBP|GIF8|BM)/.test(text)) return 'photo';
  if (/^[^]{4}ftyp(?:hei|hev|mif|msf|avi)/.test(text)) return 'heic';
  // Matroska and WebM begin so.
  if (text.startsWith('\u001a\u0045\u00df\u00a3')) return 'film';
  if (/^[^]{4}(?:ftyp|moov|mdat)|^RIFF[^]{4}AVI /.test(text)) return 'film';
  return /<svg[\s>]/i.test(text) ? 'drawing' : 'unknown';
}

async function asPdf(file: Blob): Promise<Prepared> {
  if (file.size > ATTACHMENT_BYTES_MAX) return { fault: 'pdfTooLarge' };
  const whole = new Uint8Array(await file.arrayBuffer());
  const end = String.fromCharCode(...whole.subarray(-1024));
  return end.includes('%%EOF')
    ? { sort: 'pdf', whole, small: new Uint8Array() }
    : { fault: 'broken' };
}

/** The right way up, which the browser sees to, since what said so is gone afterwards. */
async function drawn(file: Blob): Promise<Kept> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    return await preparedPicture(picture);
  } finally {
    picture.close();
  }
}

/** [X9] What the camera within the page took goes the same way: it never was a file. */
export async function preparedPicture(picture: ImageBitmap): Promise<Kept> {
  const whole = await asJpeg(picture, SIDE_PX_MAX, QUALITY);
  return { sort: 'photo', whole, small: await asJpeg(picture, SMALL_SIDE_PX_MAX, SMALL_QUALITY) };
}

async function asJpeg(picture: ImageBitmap, sideMax: number, quality: number): Promise<Bytes> {
  const scale = Math.min(1, sideMax / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  drawing.fillStyle = 'white';
  drawing.fillRect(0, 0, width, height);
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(picture, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return new Uint8Array(await blob.arrayBuffer());
}
