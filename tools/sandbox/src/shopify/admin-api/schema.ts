import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

export const API_VERSION = '2026-07';

let built: GraphQLSchema | undefined;

/** The part of the vendor's schema that the simulator serves, read once a process. */
export function adminSchema(): GraphQLSchema {
  built ??= buildSchema(readFileSync(new URL(`../../../specifications/shopify/admin-${API_VERSION}.graphql`, import.meta.url), 'utf8'));
  return built;
}
