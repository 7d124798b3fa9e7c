import type { ValueOf } from '@holdfast/client';

export type Certificate = ValueOf<'certificates.get'>;
export type Step = Certificate['steps'][number];

/** What a check found, in figures or in the place of the first falsehood. */
export type Verdict =
  | { readonly holds: true; readonly steps: number; readonly promises: number; readonly head: string }
  | { readonly holds: false; readonly where: string; readonly says: string };

/** JSON with the members of objects in order, so that the same content has one text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** SHA-256 by the browser itself, in hexadecimal. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
