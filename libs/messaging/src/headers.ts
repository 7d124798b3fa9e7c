import type { OutgoingMessage } from './port.js';

export const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

export function hasHeaders({ headers }: OutgoingMessage): boolean {
  for (const _name in headers) return true;
  return false;
}
