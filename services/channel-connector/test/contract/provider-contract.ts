import { contractFile } from '@holdfast/sandbox';
import type { Provider } from '../../src/providers/provider.js';
import { PROVIDERS } from '../../src/providers/registry.js';
import { DEFAULT_TIMINGS } from '../../src/index.js';
import { ConnectorUnderTest } from '../connector.js';
import { ContractChannel, type ContractBench } from './contract-channel.js';
import { has } from './cases/abilities.js';
import type { CaseTools } from './cases/case-tools.js';
import { comingBackCases } from './cases/coming-back.js';
import { failingCases } from './cases/failing.js';
import { tellingCases } from './cases/telling.js';
import type { Ability, VendorRig, VendorUnderTest } from './rig.js';
import { LeapingTime } from '../leaping-time.js';

const HERE = 'BER';

/** The service with one vendor, for the contract suite and for what a spec adds to it. */
export interface ContractRun<Vendor extends VendorUnderTest> {
  readonly connector: ConnectorUnderTest;
  readonly vendor: Vendor;
  readonly time: LeapingTime;
}

/**
 * What every provider must do, shown through the service against a vendor that misbehaves. Service, database and vendor live on one time that
 * leaps, so that the product's own pauses cost nothing. Call it once, at the top of a spec file; the file may add cases of its vendor's own.
 * @param kinds of channels; those of the product by default
 * @param only runs no cases but those that need one of these abilities: for a second rig of a vendor, which has by a setting what the first one lacks
 */
export function providerContract<Vendor extends VendorUnderTest>(
  rig: Omit<VendorRig, 'start'> & { start(time: LeapingTime): Promise<Vendor> },
  kinds: readonly Provider[] = PROVIDERS,
  only?: readonly Ability[],
): ContractRun<Vendor> {
  let started: (ContractBench & { readonly vendor: Vendor }) | undefined;
  const bench = (): ContractBench & { readonly vendor: Vendor } => {
    if (started === undefined) throw new Error('the service is not started yet');
    return started;
  };
  beforeAll(async () => {
    const time = new LeapingTime();
    // On a busy machine an answer may take longer than the product waits, and the call would be made again.
    const timings = { ...DEFAULT_TIMINGS, watchMs: 100, callTimeoutMs: 60_000, leaseMs: 120_000 };
    const connector = await ConnectorUnderTest.start({ timings, kinds, time });
    await connector.location(HERE);
    started = { rig, time, connector, vendor: await rig.start(time) };
  });
  afterAll(async () => {
    const { connector, vendor, time } = bench();
    await connector.stop();
    await vendor.close();
    await time.close();
    expect(vendor.log.violations).toEqual([]);
  });

  describe(`${rig.provider.name}, as every provider,`, () => {
    let channel: ContractChannel;
    const opened: CaseTools['opened'] = async (listings = 1) => {
      channel = await ContractChannel.open(bench(), listings);
      return { channel, skus: channel.skus };
    };
    afterEach(() => channel.close());
    const always: CaseTools['always'] = only === undefined ? it : () => undefined;
    const needs: CaseTools['needs'] = (ability, title, run) => {
      if (only?.includes(ability) === false) return;
      const reason = rig.lacks[ability];
      if (reason === undefined) return it(title, run);
      it(`does not apply: ${title} (${reason})`, async () => {
        await opened();
        expect(await has(ability, bench(), channel)).toBe(false);
      });
    };
    const tools: CaseTools = { rig, bench, opened, always, needs };
    // First what reads all listings of the shop: they become more with every case.
    comingBackCases(tools);
    tellingCases(tools);
    failingCases(tools);
  });
  const isThere = rig.document === undefined || contractFile(...rig.document) !== undefined;
  const { name } = rig.provider;
  // Where the vendor's document is not there, nothing can be held to it.
  (isThere ? it : it.skip)(
    `every call of ${name} so far is as ${rig.document === undefined ? 'its rules say' : `${rig.document.join('/')} says`}`,
    () => expect(bench().vendor.log.violations).toEqual([]),
  );
  return {
    get connector() {
      return bench().connector;
    },
    get vendor() {
      return bench().vendor;
    },
    get time() {
      return bench().time;
    },
  };
}
