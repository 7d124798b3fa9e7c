import { GraphQLError, GraphQLScalarType, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { buildInventorySchema } from './schema.js';

type Resolve = GraphQLFieldResolver<unknown, never>;

/** Resolvers by type and field. A field without one is read from its source by its name. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolve | { readonly subscribe: Resolve }>>>>;

/** The schema with its resolvers. @throws Error for a resolver of no field */
export function executableSchema(resolvers: Resolvers): GraphQLSchema {
  const schema = buildInventorySchema();
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    for (const [name, resolver] of Object.entries(fields)) {
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (field === undefined) throw new Error(`the schema has no field ${typeName}.${name}`);
      if (typeof resolver === 'function') field.resolve = resolver as GraphQLFieldResolver<unknown, unknown>;
      else field.subscribe = resolver.subscribe as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  const dateTime = schema.getType('DateTime');
  // Times are texts of the REST API, which checks those that it is sent.
  if (dateTime instanceof GraphQLScalarType) dateTime.parseValue = textOnly;
  return schema;
}

function textOnly(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError('a DateTime is a text as in RFC 3339');
}
