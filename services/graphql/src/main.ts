import { runService } from '@holdfast/runtime';
import { graphqlService } from './index.js';

await runService(graphqlService);
