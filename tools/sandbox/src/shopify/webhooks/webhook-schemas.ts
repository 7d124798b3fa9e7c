import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { contractFile } from '../../specifications/contracts-folder.js';

/**
 * Faults of webhook bodies by the schemas that a third party inferred from samples. Those demand every field that its sample had, addresses and
 * prices among them, so only types are compared, except for inventory levels, whose bodies are sent whole.
 */
export function webhookCheck(): ((topic: string, body: unknown) => readonly string[]) | undefined {
  if (contractFile('shopify', 'webhook-schemas-2026-07') === undefined) return undefined;
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  formats.default(ajv);
  const compiled = new Map<string, ValidateFunction | undefined>();

  return (topic, body) => {
    if (!compiled.has(topic)) compiled.set(topic, compile(topic));
    const validate = compiled.get(topic);
    if (validate === undefined || validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `webhook ${topic}${instancePath} ${message ?? ''}`);
  };

  function compile(topic: string): ValidateFunction | undefined {
    const file = contractFile('shopify', 'webhook-schemas-2026-07', `${topic.replace('/', '-')}.json`);
    if (file === undefined) return undefined;
    const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
    return ajv.compile(topic.startsWith('inventory_levels/') ? schema : typesAlone(schema));
  }
}

/** Drops what only the sample is to blame for: fields that it had, and arrays that were empty in it. */
function typesAlone(schema: object): object {
  const isOfSample = (key: string, value: unknown): boolean =>
    (key === 'required' && Array.isArray(value)) || (key === 'items' && value === false);
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => (isOfSample(key, value) ? undefined : value)) as object;
}
