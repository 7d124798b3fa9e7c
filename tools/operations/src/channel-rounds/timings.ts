import { DEFAULT_TIMINGS, type DeliveryTimings } from '@holdfast/channel-connector';

/** Of the connectors of the rounds. A call ends before the lease does, as in earnest. */
export const TIMINGS: DeliveryTimings = { ...DEFAULT_TIMINGS, leaseMs: 3_000, callTimeoutMs: 2_000, channelPollMs: 3_600_000 };
