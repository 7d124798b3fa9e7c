import { GraphQLError, valueFromASTUntyped, type FieldNode, type OperationDefinitionNode } from 'graphql';
import { isRecord } from '../../http/vendor-call.js';

/** Most elements of any array of an input. Source: shopify.dev, Shopify API limits. */
export const MAX_INPUT_ARRAY = 250;
const KEYED = new Set(['inventorySetQuantities', 'inventoryActivate']);

/**
 * What the vendor refuses at run time though its schema allows it: inventory mutations without `@idempotent`, quantities without
 * `changeFromQuantity` (a null must be written), arrays that are too long. Read from the request as it came, because defaults and coercion hide
 * whether a field was there.
 */
export function brokenRules(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): readonly GraphQLError[] {
  return operation.selectionSet.selections.flatMap((field) =>
    field.kind === 'Field'
      ? [...tooLong(field, variables), ...(operation.operation === 'mutation' ? mutationRules(field, variables) : [])]
      : [],
  );
}

function mutationRules(field: FieldNode, variables: Readonly<Record<string, unknown>>): readonly GraphQLError[] {
  if (!KEYED.has(field.name.value)) return [];
  if (keyOf(field, variables) === undefined)
    return [refusal(field, 'The @idempotent directive is required for this mutation but was not provided.', 'BAD_REQUEST')];
  const input = argument(field, 'input', variables);
  const quantities = isRecord(input) && Array.isArray(input['quantities']) ? (input['quantities'] as readonly unknown[]) : [];
  return quantities.some((one) => isRecord(one) && one['changeFromQuantity'] === undefined)
    ? [refusal(field, 'InventoryQuantityInput must include the following argument: changeFromQuantity.', 'INVALID_FIELD_ARGUMENTS')]
    : [];
}

/** The idempotency key as the request gives it; undefined where the directive is not there or its key is blank. */
export function keyOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): string | undefined {
  const directive = field.directives?.find(({ name }) => name.value === 'idempotent');
  const value = directive?.arguments?.find(({ name }) => name.value === 'key')?.value;
  const key: unknown = value === undefined ? undefined : valueFromASTUntyped(value, variables);
  return typeof key === 'string' && key.trim() !== '' ? key : undefined;
}

function tooLong(field: FieldNode, variables: Readonly<Record<string, unknown>>): readonly GraphQLError[] {
  return (field.arguments ?? []).flatMap(({ name, value }) => {
    const longest = longestArray(valueFromASTUntyped(value, variables));
    const message = `The input array size of ${String(longest)} is greater than the maximum allowed of ${String(MAX_INPUT_ARRAY)}.`;
    return longest > MAX_INPUT_ARRAY ? [refusal(field, message, 'MAX_INPUT_SIZE_EXCEEDED', [name.value])] : [];
  });
}

function longestArray(value: unknown): number {
  if (Array.isArray(value)) return Math.max(value.length, ...value.slice(0, 1).map(longestArray));
  return isRecord(value) ? Math.max(0, ...Object.values(value).map(longestArray)) : 0;
}

function argument(field: FieldNode, called: string, variables: Readonly<Record<string, unknown>>): unknown {
  const node = field.arguments?.find(({ name }) => name.value === called);
  return node === undefined ? undefined : valueFromASTUntyped(node.value, variables);
}

const refusal = (field: FieldNode, message: string, code: string, below: readonly string[] = []): GraphQLError =>
  new GraphQLError(message, { nodes: field, path: [field.name.value, ...below], extensions: { code } });
