import { runService } from '@holdfast/runtime';
import { ingestionService } from './index.js';

await runService(ingestionService);
