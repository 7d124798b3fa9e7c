import { runService } from '@holdfast/runtime';
import { channelConnectorService } from './index.js';

await runService(channelConnectorService);
