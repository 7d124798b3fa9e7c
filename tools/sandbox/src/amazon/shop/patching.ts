import { isRecord } from '../../http/vendor-call.js';

export type AttributeValue = Readonly<Record<string, unknown>>;
export type Attributes = Readonly<Record<string, readonly AttributeValue[]>>;

export interface Patch {
  readonly op: 'add' | 'replace' | 'merge' | 'delete';
  readonly attribute: string;
  readonly value: readonly AttributeValue[] | undefined;
}

const OPERATIONS: readonly string[] = ['add', 'replace', 'merge', 'delete'];
const PATH = /^\/attributes\/([a-z0-9_]+)$/;

/** Reads the patches of a request. Only whole attributes can be patched; anything else is a malformed request: the text says why. */
export function patchesOf(value: unknown): readonly Patch[] | string {
  if (!Array.isArray(value) || value.length === 0) return "'patches' must hold at least one operation";
  const read: Patch[] = [];
  for (const one of value as readonly unknown[]) {
    if (!isRecord(one) || typeof one['op'] !== 'string' || !OPERATIONS.includes(one['op']))
      return "'op' must be add, replace, merge or delete";
    const attribute = typeof one['path'] === 'string' ? PATH.exec(one['path'])?.[1] : undefined;
    if (attribute === undefined) return "'path' must name one attribute at the top level";
    const values = one['value'];
    if (values !== undefined && !(Array.isArray(values) && values.every(isRecord))) return "'value' must be a list of objects";
    if (values === undefined && one['op'] !== 'delete') return `'value' is required to ${one['op']}`;
    read.push({ op: one['op'] as Patch['op'], attribute, value: values });
  }
  return read;
}

/** Attributes after the patches: `replace` and `add` exchange the whole attribute, `merge` only the fields given of the values that match. */
export function patched(attributes: Attributes, patches: readonly Patch[]): Attributes {
  let result = attributes;
  for (const { op, attribute, value } of patches) {
    const before = result[attribute] ?? [];
    if (op === 'delete') {
      const kept = value === undefined ? [] : before.filter((one) => !value.some((gone) => sameSelectors(attribute, one, gone)));
      result = { ...result, [attribute]: kept };
    } else if (op === 'merge') result = { ...result, [attribute]: merged(attribute, before, value ?? []) };
    else result = { ...result, [attribute]: value ?? [] };
  }
  return result;
}

function merged(attribute: string, before: readonly AttributeValue[], values: readonly AttributeValue[]): readonly AttributeValue[] {
  const result = [...before];
  for (const value of values) {
    const index = result.findIndex((one) => sameSelectors(attribute, one, value));
    if (index < 0) result.push(value);
    else result[index] = { ...result[index], ...value };
  }
  return result;
}

/** The fields that tell the values of an attribute apart. */
const sameSelectors = (attribute: string, one: AttributeValue, other: AttributeValue): boolean =>
  attribute === 'fulfillment_availability'
    ? one['fulfillment_channel_code'] === other['fulfillment_channel_code']
    : one['marketplace_id'] === other['marketplace_id'] && one['language_tag'] === other['language_tag'];
