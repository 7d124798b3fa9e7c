import { writeFileSync } from 'node:fs';
import { analyticsReference } from './reference.js';

writeFileSync('docs/reference/analytics.md', analyticsReference());
