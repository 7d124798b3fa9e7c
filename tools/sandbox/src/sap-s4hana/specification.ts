import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { FilterFault, parseFilter } from './filter.js';

interface Property {
  readonly type: string;
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
}

type Properties = ReadonlyMap<string, Property>;
export type Check = (route: VendorRoute, call: VendorCall, answer: VendorAnswer) => readonly string[];

const ENTITY_TYPE = 'A_MatlStkInAcctModType';

/** Holds calls and answers against SAP's own description of the service, where it is on this machine. */
export function sapSpecification(): Check {
  const file = contractFile('sap-s4hana', 'API_MATERIAL_STOCK_SRV.edmx');
  if (file === undefined) return () => [];
  const properties = propertiesOf(readFileSync(file, 'utf8'));
  return ({ operation }, call, answer) =>
    operation === 'readStock' ? [...requestFaults(call, properties), ...answerFaults(answer, properties)] : [];
}

/** @throws where the document has no such entity type */
export function propertiesOf(edmx: string): Properties {
  const properties = new Map<string, Property>();
  let entityType = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'EntityType') entityType = attributes['Name'] ?? '';
    if (name !== 'Property' || entityType !== ENTITY_TYPE) return;
    properties.set(attributes['Name'] ?? '', {
      type: attributes['Type'] ?? '',
      maxLength: Number(attributes['MaxLength'] ?? Number.POSITIVE_INFINITY),
      precision: Number(attributes['Precision'] ?? 0),
      scale: Number(attributes['Scale'] ?? 0),
    });
  });
  parser.write(edmx).close();
  if (properties.size === 0) throw new Error(`the document has no ${ENTITY_TYPE}`);
  return properties;
}

function requestFaults({ query }: VendorCall, properties: Properties): readonly string[] {
  const names = [query.get('$select'), query.get('$orderby')].flatMap((text) => (text === null ? [] : text.split(',')));
  const filtered = filterNames(query.get('$filter') ?? '');
  const unknown = [...names.map((name) => name.trim().split(' ')[0] ?? ''), ...filtered].filter((name) => !properties.has(name));
  const paged = Number(query.get('$skip') ?? 0) > 0 || query.has('$top');
  return [
    ...unknown.map((name) => `request: ${name} is no property of ${ENTITY_TYPE}`),
    ...(paged && Number(query.get('$top') ?? 2) > 1 && !query.has('$orderby') ? ['request: pages without $orderby are in no order'] : []),
  ];
}

function filterNames(text: string): readonly string[] {
  try {
    return text === '' ? [] : parseFilter(text).names;
  } catch (error) {
    // The service refuses it, which shows in the answer.
    if (error instanceof FilterFault) return [];
    throw error;
  }
}

function answerFaults({ status, body: sent }: VendorAnswer, properties: Properties): readonly string[] {
  const body: unknown = Buffer.isBuffer(sent) ? jsonOf({ body: sent }) : sent;
  // An error with status 200 is a planned one.
  if (status !== 200 || !isRecord(body) || 'error' in body) return [];
  const data = body['d'];
  const results = isRecord(data) ? data['results'] : undefined;
  if (!Array.isArray(results)) return ['answer: d.results is no list'];
  return results.flatMap((entity: unknown) => (isRecord(entity) ? entityFaults(entity, properties) : ['answer: an entity is no object']));
}

function entityFaults(entity: Readonly<Record<string, unknown>>, properties: Properties): readonly string[] {
  return Object.entries(entity).flatMap(([name, value]) => {
    if (name === '__metadata') return [];
    const property = properties.get(name);
    if (property === undefined) return [`answer: ${name} is no property of ${ENTITY_TYPE}`];
    const fault = valueFault(value, property);
    return fault === undefined ? [] : [`answer: ${name} ${fault}`];
  });
}

function valueFault(value: unknown, { type, maxLength, precision, scale }: Property): string | undefined {
  if (typeof value !== 'string') return 'is no text';
  if (type === 'Edm.String') return value.length <= maxLength ? undefined : `is longer than ${String(maxLength)}`;
  if (type !== 'Edm.Decimal') return undefined;
  const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === '') return 'is no decimal';
  return fraction.length <= scale && whole.length + fraction.length <= precision
    ? undefined
    : `is no decimal of ${String(precision)},${String(scale)}`;
}
