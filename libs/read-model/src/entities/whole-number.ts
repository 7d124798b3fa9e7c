import type { ValueTransformer } from 'typeorm';

/** Postgres returns bigint as text; units and versions stay far below 2^53. */
export const wholeNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};
