import { isRecord } from '@holdfast/platform';
import type { Json } from './json.js';

/** Fields of an answer of our own routes. A missing one is a fault of ours. */
export function textOf(json: Json, name: string): string {
  const value = json[name];
  if (typeof value === 'string') return value;
  throw new Error(`a route answered no text ${name}`);
}

export function numberOf(json: Json, name: string): number {
  const value = json[name];
  if (typeof value === 'number') return value;
  throw new Error(`a route answered no number ${name}`);
}

export const objectOf = (value: unknown): Json => (isRecord(value) ? value : {});

export const listOf = (json: Json, name: string): readonly Json[] => {
  const value = json[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
};
