export { int4Array, textArray, uuidArray } from './binary-arrays.js';
