import { channelConnector } from '@holdfast/channel-connector';
import { runService } from '@holdfast/runtime';
import { TIMINGS } from './timings.js';

// The channel connector as a process of its own, with leases so short that a round need not wait half a minute for one to end.

await runService(channelConnector(TIMINGS));
