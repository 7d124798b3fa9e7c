import {
  getArgumentValues,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { OperationRefused } from '../engine/operation-refused.js';
import { MAX_COST } from './limits.js';

/** A list whose length no argument bounds counts so many times. */
const USUAL_LIST = 4;

export interface CostOptions {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Objects that an answer may hold: each field of an object type counts once, a list as often as its arguments allow, and what lies inside
 * counts for each of them. @throws OperationRefused `query_too_costly`
 */
export function requireCheap(options: CostOptions): void {
  const cost = costOf(options);
  if (cost <= MAX_COST) return;
  const message = `The operation may answer ${cost} objects, more than ${MAX_COST}; ask for fewer at once`;
  throw OperationRefused.because('query_too_costly', message);
}

export function costOf({ schema, document, operation, variables }: CostOptions): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const type = schema.getRootType(operation.operation);
  return type ? new Costing(fragments, variables).ofSet(operation.selectionSet, type) : 0;
}

class Costing {
  /** Each fragment is counted through once, however often fragments spread it. */
  private readonly fragmentCosts = new Map<string, number>();

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  ofSet(set: SelectionSetNode, type: GraphQLObjectType): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += this.ofField(selection, type);
      else if (selection.kind === Kind.INLINE_FRAGMENT) cost += this.ofSet(selection.selectionSet, type);
      else cost += this.ofFragment(selection.name.value, type);
    }
    return cost;
  }

  private ofFragment(name: string, type: GraphQLObjectType): number {
    const known = this.fragmentCosts.get(name);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    const cost = fragment === undefined ? 0 : this.ofSet(fragment.selectionSet, type);
    this.fragmentCosts.set(name, cost);
    return cost;
  }

  private ofField(field: FieldNode, parent: GraphQLObjectType): number {
    const definition = parent.getFields()[field.name.value];
    if (definition === undefined || field.selectionSet === undefined) return 0;
    const type = getNamedType(definition.type);
    if (!isObjectType(type)) return 0;
    const given = getArgumentValues(definition, field, this.variables);
    const { first, skus } = given;
    const inner = this.ofSet(field.selectionSet, type);
    if (typeof first === 'number') return 1 + Math.max(1, first) * inner;
    if (Array.isArray(skus)) return skus.length * (1 + inner);
    // Pages count by the argument of their connection.
    const times = isList(definition.type) && parent.name !== 'InventoryItemConnection' ? USUAL_LIST : 1;
    return times * (1 + inner);
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);
