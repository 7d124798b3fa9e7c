import { randomBytes, randomUUID } from 'node:crypto';

/** The merchant's one account at the simulated Zalando. */
export interface ZalandoAccount {
  readonly merchantId: string;
  readonly salesChannelIds: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Sales channels of Zalando's shops are known by UUIDs; these stand for Germany and Austria. */
const GERMANY = '01924c48-49bb-40c2-9c32-ab582e6db6f4';
const AUSTRIA = '00f2a393-6889-4fc0-8cd7-86e454e6dfa3';

export const newAccount = (salesChannelIds: readonly string[] = [GERMANY, AUSTRIA]): ZalandoAccount => ({
  merchantId: randomUUID(),
  salesChannelIds,
  clientId: randomBytes(16).toString('hex'),
  clientSecret: randomUUID(),
});
