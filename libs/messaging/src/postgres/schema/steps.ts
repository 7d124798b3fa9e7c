import { GROUP_FUNCTIONS } from './groups.js';
import { PUBLISH_FUNCTION, SESSIONS, TOPIC_FUNCTIONS } from './log.js';
import { TABLES } from './tables.js';
import { UPKEEP_FUNCTIONS } from './upkeep.js';

/** Steps that bring the schema `bus` from nothing to today's shape; a released step is never changed, a new one is added. */
export const SCHEMA_STEPS: readonly string[] = [
  [TABLES, TOPIC_FUNCTIONS, GROUP_FUNCTIONS, UPKEEP_FUNCTIONS].join('\n'),
  // A function that the next step replaces.
  'select',
  [SESSIONS, PUBLISH_FUNCTION].join('\n'),
];
