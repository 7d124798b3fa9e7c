import { readFileSync } from 'node:fs';
import { buildSchema, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';

/** The schema as a person writes it: the contract of `POST /graphql`. */
export const SCHEMA_TEXT = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

export const buildInventorySchema = (): GraphQLSchema => buildSchema(SCHEMA_TEXT);

/** The schema as `docs/reference/schema.graphql` holds it: sorted, so that a difference is a change. */
export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(buildInventorySchema()))}\n`;
