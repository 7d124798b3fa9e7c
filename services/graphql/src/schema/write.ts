import { writeFileSync } from 'node:fs';
import { printedSchema } from './schema.js';

writeFileSync('docs/reference/schema.graphql', printedSchema());
