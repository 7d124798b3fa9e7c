export type * from './events.js';
export type * from './commands.js';
export { decideBin, freeUnits, mixingFault, type BinRefusalCode } from './decide.js';
export { evolveBin, initialBinState, type BinClaim, type BinState, type UnseenMove } from './state.js';
