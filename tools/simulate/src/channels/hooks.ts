import type { Fleet } from '../fleet.js';
import type { ChannelProcess } from './channel-process.js';
import { refOf, type Kind } from './set-up.js';
import { PlainVendor } from './vendors/plain-vendor.js';
import type { ChannelWorld } from './world.js';

const MOST_DELAY_MS = 3_000;

/** Vendors tell every change of a listing, whoever made it: late, twice, in any order, or never. */
export function tellChanges(world: ChannelWorld, fleet: Fleet<ChannelProcess>, kinds: readonly Kind[]): void {
  const { time } = world;
  const random = world.random.fork();
  const tell = (message: (process: ChannelProcess) => Promise<void>): void => {
    if (random.chance(0.1)) return;
    for (let times = random.chance(0.15) ? 2 : 1; times > 0; times -= 1)
      time.after(random.between(5, MOST_DELAY_MS), () => {
        const process = fleet.any();
        if (process !== undefined) void message(process).catch(() => undefined);
      });
  };
  for (const kind of kinds) {
    const vendor = world.vendor(kind);
    vendor.watch((listingId, at) => {
      const figure = vendor.figure(listingId);
      tell((process) => process.shown(refOf(kind), listingId, figure, at));
    });
    if (vendor instanceof PlainVendor) vendor.watchSettled((reference) => tell((process) => process.ended(refOf(kind), reference)));
  }
}
