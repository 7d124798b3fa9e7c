import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** What is wrong with a value by the schema at a JSON pointer (`#/components/schemas/Problem`); empty when nothing is. */
export type DocumentValidator = (pointer: string, value: unknown) => readonly string[];

/** Validates by the schemas that lie in one document and refer to each other, such as those of an OpenAPI 3.1 document. */
export function documentValidator(document: object): DocumentValidator {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'document' });
  const compiled = new Map<string, ValidateFunction>();
  return (pointer, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document${pointer}` });
    compiled.set(pointer, validate);
    if (validate(value) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`);
  };
}
