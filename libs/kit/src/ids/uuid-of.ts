import { hash } from 'node:crypto';

/** SHA-256 of a text in UTF-8, hex. One call: with a hash object for each event it took a fifteenth of a process' work on a hot SKU. */
export const sha256 = (text: string): string => hash('sha256', text);

/**
 * A UUID made of the first 16 bytes of the SHA-256 of a text, version 8 (made by the application) and the usual variant. The same text
 * gives the same id, so that what is sent again is known again.
 */
export function uuidOf(text: string): string {
  const hex = sha256(text);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
