import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isLeafType,
  isListType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { isRecord } from '../../http/vendor-call.js';

/** Dearest single query. */
export const MAX_QUERY_COST = 1_000;
const MUTATION = 10;
const CONNECTION = 2;
const OBJECT = 1;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Points of a query: a scalar 0, an object 1, a connection 2 and its objects, a mutation 10. Before it runs the sizes asked for count, afterwards
 * what came back. Sources: shopify.dev, GraphQL Admin API rate limits; shopify.engineering, rate limiting by calculated query cost. The exact
 * figures of single fields are not published, so a client has to go by what answers report.
 * @param data the data of the answer; undefined before the query ran
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  data?: unknown,
): number {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === 'FragmentDefinition' ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  if (operation.operation === 'mutation') return operation.selectionSet.selections.length * MUTATION;
  return new Counting(schema, fragments, variables).selections(root, operation.selectionSet.selections, data);
}

class Counting {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Variables,
  ) {}

  selections(type: GraphQLCompositeType, selections: readonly SelectionNode[], data: unknown): number {
    let own = 0;
    let dearest = 0;
    for (const selection of selections) {
      if (selection.kind === 'Field') own += this.field(type, selection, data);
      else {
        const part = this.fragment(type, selection, data);
        if (data === undefined) dearest = Math.max(dearest, part);
        else own += part;
      }
    }
    return own + dearest;
  }

  private fragment(type: GraphQLCompositeType, selection: Exclude<SelectionNode, FieldNode>, data: unknown): number {
    const body = selection.kind === 'InlineFragment' ? selection : this.fragments.get(selection.name.value);
    if (body === undefined) return 0;
    const named = body.typeCondition === undefined ? type : this.schema.getType(body.typeCondition.name.value);
    return isCompositeType(named) ? this.selections(named, body.selectionSet.selections, data) : 0;
  }

  private field(parent: GraphQLCompositeType, node: FieldNode, data: unknown): number {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined || isLeafType(getNamedType(field.type))) return 0;
    const value = isRecord(data) ? (data[node.alias?.value ?? node.name.value] ?? null) : data;
    if (value === null) return 0;
    const type = getNamedType(field.type) as GraphQLCompositeType;
    const below = node.selectionSet?.selections ?? [];
    if (type.name.endsWith('Connection')) return this.connection(field, node, type, below, value);
    if (!isList(field.type)) return OBJECT + this.selections(type, below, value);
    const elements = Array.isArray(value) ? (value as readonly unknown[]) : this.asked(field, node);
    return elements.reduce<number>((sum, element) => sum + (element === null ? 0 : OBJECT + this.selections(type, below, element)), 0);
  }

  private connection(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    type: GraphQLCompositeType,
    below: readonly SelectionNode[],
    value: unknown,
  ): number {
    const args = getArgumentValues(field, node, this.variables);
    const size = Number(args['first'] ?? args['last'] ?? 0);
    return below.reduce((sum, selection) => {
      if (selection.kind !== 'Field' || !['nodes', 'edges'].includes(selection.name.value)) return sum;
      const inner = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
      if (inner === undefined) return sum;
      const elements = isRecord(value)
        ? (value[selection.alias?.value ?? selection.name.value] as readonly unknown[])
        : Array<undefined>(size).fill(undefined);
      const elementType = getNamedType(inner.type) as GraphQLCompositeType;
      // An edge counts nothing, its node counts as an object of its own.
      const own = selection.name.value === 'nodes' ? OBJECT : 0;
      const each = (element: unknown): number => own + this.selections(elementType, selection.selectionSet?.selections ?? [], element);
      if (!isRecord(value)) return sum + size * each(undefined);
      return sum + elements.reduce<number>((total, element) => total + each(element), 0);
    }, CONNECTION);
  }

  /** How many elements a list may have: as many as ids or names are asked for. */
  private asked(field: GraphQLField<unknown, unknown>, node: FieldNode): readonly undefined[] {
    const args = getArgumentValues(field, node, this.variables);
    const list = args['ids'] ?? args['names'];
    return Array<undefined>(Array.isArray(list) ? list.length : Number(args['first'] ?? 1)).fill(undefined);
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));
