export { CONFLICT_STRATEGIES, type ConflictStrategy } from '@holdfast/contracts';
