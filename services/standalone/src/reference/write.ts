import { writeFileSync } from 'node:fs';
import { openApiOfAll, printed } from './openapi.js';

writeFileSync('docs/reference/openapi.json', printed(await openApiOfAll()));
