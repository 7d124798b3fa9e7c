import type { VendorAnswer, VendorCall, VendorRoute } from '../http/vendor-call.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { openApi, type OpenApi } from '../specifications/open-api.js';

export type Check = (route: VendorRoute, call: VendorCall, answer: VendorAnswer) => readonly string[];

const PATH = '/retailStockLevel';
const PUBLISHED = 'https://raw.githubusercontent.com/totvs/ttalk-standard-message/master/jsonschema';
/** Documents that the API refers to, below the published folder and below ours. */
const REFERENCED = ['schemas/RetailStockLevel_1_000.json', 'apis/types/totvsApiTypesBase.json'] as const;
const PARAMETERS = ['page', 'pageSize', 'order', 'fields'];

let known: OpenApi | undefined;

/** Holds calls and answers against TOTVS' own documents, where they are on this machine. They are read once in a process. */
export function totvsSpecification(): Check {
  const file = contractFile('totvs-protheus', 'apis', 'RetailStockLevel_v1_000.json');
  if (file === undefined) return () => [];
  const referenced = REFERENCED.map((path) => [`${PUBLISHED}/${path}`, contractFile('totvs-protheus', ...path.split('/')) ?? ''] as const);
  const api = (known ??= openApi(file, Object.fromEntries(referenced)));
  return ({ operation }, call, answer) => {
    if (operation !== 'readStock') return [];
    // TOTVS describes the error of an unknown record only; every other error has the same form.
    const status = answer.status === 200 ? 200 : 404;
    return [...requestFaults(call), ...api.check('GET', PATH, undefined, status, answer.body).map((fault) => `readStock: ${fault}`)];
  };
}

function requestFaults({ query, headers }: VendorCall): readonly string[] {
  const unknown = [...query.keys()].filter((name) => !PARAMETERS.includes(name));
  const notWhole = ['page', 'pageSize'].filter((name) => !/^[1-9]\d*$/.test(query.get(name) ?? '1'));
  return [
    ...unknown.map((name) => `readStock: request has ${name}, which is no parameter`),
    ...notWhole.map((name) => `readStock: request has a ${name} that is no whole number from 1 on`),
    ...(headers.authorization === undefined ? ['readStock: request has no Authorization'] : []),
  ];
}
