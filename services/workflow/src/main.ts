import { runService } from '@holdfast/runtime';
import { workflowService } from './index.js';

await runService(workflowService);
