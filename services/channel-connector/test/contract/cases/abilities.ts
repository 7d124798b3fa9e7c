import { DEFAULT_TIMINGS } from '../../../src/index.js';
import type { ContractBench, ContractChannel } from '../contract-channel.js';
import type { Ability } from '../rig.js';
import { toldFigures } from './told-figures.js';

/** Whether a channel has what its rig says that the vendor lacks. */
export async function has(ability: Ability, bench: ContractBench, channel: ContractChannel): Promise<boolean> {
  switch (ability) {
    case 'tokens':
      return bench.rig.provider.renew !== undefined;
    case 'reading':
    case 'sequence':
      return (await bench.connector.post(`${channel.path}/reconcile`, undefined)).body['code'] !== 'channel_not_readable';
    case 'orders':
      return (await bench.connector.hook(channel.channelId, '{}')).status !== 401;
    case 'telling': {
      const { connector, vendor, time } = bench;
      vendor.sendHooksTo(connector.hookUrl(`${channel.channelId}?tenant=demo`));
      for (const quantity of [6, 0]) {
        await channel.tellAll(quantity);
        await channel.settled();
      }
      await vendor.hooksSent();
      await time.leap(2 * DEFAULT_TIMINGS.channelPollMs);
      return (await toldFigures(bench, channel)) > 0;
    }
    default:
      return ability satisfies never;
  }
}
