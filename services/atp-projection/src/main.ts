import { runService } from '@holdfast/runtime';
import { atpProjectionService } from './index.js';

await runService(atpProjectionService);
