export { inSlices } from './in-slices.js';
export { int4Array, textArray, uuidArray } from './binary-arrays.js';
export {
  IDENTIFIER,
  identifierFault,
  isIdentifier,
  isTenant,
  MAX_ID_LENGTH,
  SKU,
  skuFault,
  TENANT,
  tenantFault,
} from './text/identifiers.js';
export { storedText, textFault, textFaultIn } from './text/stored-text.js';
export { isRefusedData } from './refused-data.js';
